package io.gyre.rpc;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RecentNoncesTest {
    private Instant now = Instant.parse("2026-01-31T12:00:00Z");
    private final RecentNonces nonces = new RecentNonces(() -> now);

    @Test
    void aNonceIsEachKeysOwnAndIsKnownUntilNoRequestWithItCanBeAnswered() {
        assertTrue(isFirst("one", "n"));
        assertTrue(isFirst("two", "n"));
        now = now.plus(Duration.ofMinutes(30));
        assertFalse(isFirst("one", "n"));
        now = now.plus(Duration.ofSeconds(1));
        assertTrue(isFirst("one", "n"));
    }

    private boolean isFirst(String key, String nonce) {
        return nonces.firstUse(key, nonce, now.plus(Duration.ofMinutes(15)))
                .await()
                .indefinitely();
    }
}
