package io.gyre.api.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gyre.rpc.AccessKey;
import io.gyre.secret.SecretText;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RecentKeysTest {
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final RecentKeys keys = new RecentKeys(() -> now);

    @Test
    void aKeyIsKnownForFiveSecondsAndNoLonger() {
        AccessKey key = key("a");
        keys.remember(key);
        now = now.plus(RecentKeys.LIFE).minusNanos(1);
        assertEquals(Optional.of(key), keys.find("a"));
        now = now.plusNanos(1);
        assertTrue(keys.find("a").isEmpty());
    }

    @Test
    void theOldestGoesWhereThereAreTooMany() {
        for (int i = 0; i <= RecentKeys.CAPACITY; i++) {
            keys.remember(key("key" + i));
        }
        assertTrue(keys.find("key0").isEmpty());
        assertTrue(keys.find("key1").isPresent());
        assertTrue(keys.find("key" + RecentKeys.CAPACITY).isPresent());
    }

    @Test
    void aKeyThatChangedIsForgottenAndNoOther() {
        keys.remember(key("a"));
        keys.remember(key("b"));
        keys.remember(key("c"));
        keys.forget("a");
        keys.forget(key -> key.id().equals("b"));
        assertTrue(keys.find("a").isEmpty());
        assertTrue(keys.find("b").isEmpty());
        assertTrue(keys.find("c").isPresent());
    }

    private static AccessKey key(String id) {
        return new AccessKey(id, SecretText.of("secret"), true, "1", "root");
    }
}
