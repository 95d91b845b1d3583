package io.gyre.api.outgoing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutgoingAddressTest {
    private static OutgoingAddress of(String url) {
        return OutgoingAddress.of(url).orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://health.example.com",
                "https://health.example.com:8443/payments/ready",
                "HTTPS://10.0.0.7/",
                "http://127.0.0.1:8080/health",
                "http://localhost/health",
                "http://[::1]:8080/health",
                "https://[2001:db8::1]/"
            })
    void theseMayBeAsked(String url) {
        assertTrue(OutgoingAddress.of(url).isPresent());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://health.example.com/",
                "http://10.0.0.7/",
                "http://127.0.0.1.example.com/",
                "ftp://127.0.0.1/",
                "file:///etc/passwd",
                "https:/health",
                "/health",
                "",
                "https://user:password@health.example.com/",
                "https://user@health.example.com/",
                "https://health.example.com/?token=1",
                "https://health.example.com/#token",
                "https://health.example.com:0/",
                "https://health.example.com:65536/",
                "https://health.example.com/a b",
                "https://169.254.169.254/latest/meta-data/",
                "https://100.100.100.200/latest/meta-data/",
                "https://[fe80::1]/",
                "https://[fd00:ec2::254]/",
                "https://[::ffff:169.254.169.254]/",
                "https://[64:ff9b::a9fe:a9fe]/",
                "https://0.0.0.0/",
                "https://255.255.255.255/"
            })
    void theseMayNot(String url) {
        assertTrue(OutgoingAddress.of(url).isEmpty());
    }

    @Test
    void aUrlThatIsTooLongIsRefused() {
        String url = "https://health.example.com/";
        assertTrue(OutgoingAddress.of(url + "a".repeat(512 - url.length())).isPresent());
        assertTrue(OutgoingAddress.of(url + "a".repeat(513 - url.length())).isEmpty());
    }

    @Test
    void whatANameStandsForIsLookedAtToo() {
        OutgoingAddress byName = of("https://health.example.com/");
        assertTrue(byName.mayConnectTo("10.0.0.7"));
        assertTrue(byName.mayConnectTo("2001:db8::1"));
        assertFalse(byName.mayConnectTo("169.254.169.254"));
        assertFalse(byName.mayConnectTo("100.100.100.200"));
        assertFalse(byName.mayConnectTo("fe80:0:0:0:0:0:0:1"));
        OutgoingAddress plain = of("http://localhost/");
        assertTrue(plain.mayConnectTo("127.0.0.1"));
        assertTrue(plain.mayConnectTo("0:0:0:0:0:0:0:1"));
        assertFalse(plain.mayConnectTo("10.0.0.7"));
    }

    @Test
    void whatIsLeftOutIsWhatTheSchemeSays() {
        assertEquals(443, of("https://health.example.com").port());
        assertEquals(80, of("http://localhost").port());
        assertEquals(8443, of("https://health.example.com:8443").port());
        assertEquals("/", of("https://health.example.com").path());
        assertEquals("::1", of("http://[::1]/").host());
    }
}
