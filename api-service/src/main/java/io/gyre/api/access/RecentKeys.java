package io.gyre.api.access;

import io.gyre.rpc.AccessKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The AccessKeys that were used last. Unknown ids are not remembered, so that guesses push nothing out. Safe for use by
 * several threads.
 */
final class RecentKeys {
    /** How long a key that was disabled or deleted elsewhere goes on working here. */
    static final Duration LIFE = Duration.ofSeconds(5);

    /** More callers than one process serves at a time. */
    static final int CAPACITY = 1024;

    private record Entry(AccessKey key, Instant until) {}

    private final InstantSource clock;
    private final Map<String, Entry> entries = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Entry> eldest) {
            return size() > CAPACITY;
        }
    };

    RecentKeys(InstantSource clock) {
        this.clock = clock;
    }

    synchronized Optional<AccessKey> find(String accessKeyId) {
        Entry entry = entries.get(accessKeyId);
        if (entry == null) {
            return Optional.empty();
        }
        if (clock.instant().isBefore(entry.until())) {
            return Optional.of(entry.key());
        }
        entries.remove(accessKeyId);
        return Optional.empty();
    }

    synchronized void forget(String accessKeyId) {
        entries.remove(accessKeyId);
    }

    /** Those of which this is so. */
    synchronized void forget(Predicate<AccessKey> which) {
        entries.values().removeIf(entry -> which.test(entry.key()));
    }

    synchronized void remember(AccessKey key) {
        entries.remove(key.id());
        entries.put(key.id(), new Entry(key, clock.instant().plus(LIFE)));
    }
}
