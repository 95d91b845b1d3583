package io.gyre.api.rootkey;

import io.gyre.envelope.RootKeyId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The root keys of an installation, as of a moment.
 *
 * @param settled whether the scan found nothing more under a former key
 * @param rotatedAt when a person last ordered a rotation, on the wall clock; null if never
 * @param rotatedBy who did
 */
public record RootKeyStatus(
        RootKeyId current,
        boolean settled,
        @Nullable Instant rotatedAt,
        @Nullable String rotatedBy,
        List<OfKey> keys,
        List<RunningProcess> processes) {
    /**
     * One of them.
     *
     * @param sessionsUntil until when sessions may live that were sealed below it; null where none lives
     */
    public record OfKey(
            RootKeyId id,
            boolean current,
            SealedAmount amount,
            @Nullable Instant sessionsUntil) {
        /** Whether nothing would be lost without it. */
        public boolean removable() {
            return !current && amount.isNothing() && sessionsUntil == null;
        }
    }
}
