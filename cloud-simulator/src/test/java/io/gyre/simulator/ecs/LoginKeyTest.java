package io.gyre.simulator.ecs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoginKeyTest {
    private static final String ED25519 =
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEg/EqCGy53qlVf3Faxo+S8uBpkbw89ekATSYM5ja501";

    @Test
    void aKeyIsTheSameWithAndWithoutComment() {
        assertEquals(LoginKey.parse(ED25519), LoginKey.parse("  " + ED25519 + " me@home\n"));
        assertEquals(ED25519, LoginKey.parse(ED25519).orElseThrow().line());
        assertTrue(LoginKey.parse(ED25519).orElseThrow().fingerprint().matches("[0-9a-f]{32}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "rubbish",
                "ssh-rsa rubbish",
                "ssh-dss AAAAB3NzaC1kc3MAAACB",
                "command=\"rm\" " + ED25519,
                ED25519 + "\n" + ED25519
            })
    void whatIsNoSingleKeyIsRefused(String text) {
        assertFalse(LoginKey.parse(text).isPresent());
    }
}
