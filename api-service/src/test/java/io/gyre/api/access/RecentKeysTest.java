package io.gyre.api.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gyre.rpc.AccessKey;
import io.gyre.secret.SecretText;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RecentKeysTest {
    private final AtomicLong nanos = new AtomicLong();
    private final RecentKeys keys = new RecentKeys(nanos::get);

    @Test
    void aKeyIsKnownForFiveSecondsAndNoLonger() {
        AccessKey key = key("a");
        keys.remember(key);
        nanos.addAndGet(RecentKeys.LIFE.toNanos() - 1);
        assertEquals(Optional.of(key), keys.find("a"));
        nanos.addAndGet(1);
        assertTrue(keys.find("a").isEmpty());
        assertEquals(0, keys.size());
    }

    @Test
    void thereAreNeverMoreThanACertainNumber() {
        for (int i = 0; i <= RecentKeys.CAPACITY; i++) {
            keys.remember(key("key" + i));
        }
        assertEquals(RecentKeys.CAPACITY, keys.size());
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
