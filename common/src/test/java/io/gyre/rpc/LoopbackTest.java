package io.gyre.rpc;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoopbackTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "127.0.0.1",
                "127.255.255.254",
                "::1",
                "[::1]",
                "0:0:0:0:0:0:0:1",
                "::ffff:127.0.0.1"
            })
    void theseLeadNowhereElse(String host) {
        assertTrue(Loopback.isMeantBy(host), host);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0.0.0.0",
                "::",
                "10.0.0.7",
                "128.0.0.1",
                "1.127.0.0",
                "::2",
                "fe80::1%lo",
                "::ffff:10.0.0.7",
                "127.evil.example",
                "127.0.0.1.evil.example",
                "localhost.evil.example",
                "127.0.0.1, 10.0.0.7"
            })
    void allOthersMayLeadElsewhere(String host) {
        assertFalse(Loopback.isMeantBy(host), host);
    }
}
