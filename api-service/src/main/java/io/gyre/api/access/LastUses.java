package io.gyre.api.access;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Of which keys it is time to write down that they were used: of each once in some minutes, so that a busy key costs the
 * database nothing. Safe for use by several threads.
 */
final class LastUses {
    /** How coarse GetAccessKeyLastUsed is. */
    static final Duration GRAIN = Duration.ofMinutes(5);

    private final InstantSource clock;
    private final Map<String, Instant> written = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
            return size() > RecentKeys.CAPACITY;
        }
    };

    /** @param clock the operational clock */
    LastUses(InstantSource clock) {
        this.clock = clock;
    }

    /** Whether this use is to be written down; true once for each grain. */
    synchronized boolean isDue(String accessKeyId) {
        Instant now = clock.instant();
        Instant last = written.get(accessKeyId);
        if (last != null && now.isBefore(last.plus(GRAIN))) {
            return false;
        }
        written.put(accessKeyId, now);
        return true;
    }
}
