package io.gyre.api.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Scheduler;
import com.github.benmanes.caffeine.cache.Ticker;
import io.gyre.rpc.AccessKey;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The AccessKeys that were used last, decrypted. Unknown ids are not remembered, so that guesses push nothing out. One whose
 * time is over is let go of soon after, whether or not anybody calls. Safe for use by several threads.
 */
final class RecentKeys {
    /** How long a key that was disabled or deleted elsewhere goes on working here. */
    static final Duration LIFE = Duration.ofSeconds(5);

    /** More callers than one process serves at a time. */
    static final int CAPACITY = 1024;

    private final Cache<String, AccessKey> keys;

    RecentKeys() {
        this(Ticker.systemTicker());
    }

    RecentKeys(Ticker ticker) {
        this.keys = Caffeine.newBuilder()
                .expireAfterWrite(LIFE)
                .maximumSize(CAPACITY)
                .scheduler(Scheduler.systemScheduler())
                .ticker(ticker)
                .build();
    }

    Optional<AccessKey> find(String accessKeyId) {
        return Optional.ofNullable(keys.getIfPresent(accessKeyId));
    }

    void forget(String accessKeyId) {
        keys.invalidate(accessKeyId);
    }

    /** Those of which this is so. */
    void forget(Predicate<AccessKey> which) {
        keys.asMap().values().removeIf(which);
    }

    void remember(AccessKey key) {
        keys.put(key.id(), key);
    }

    /** How many there are, once what is over was let go of. */
    long size() {
        keys.cleanUp();
        return keys.estimatedSize();
    }
}
