package io.gyre.cli.demo;

import io.gyre.platform.PlatformException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * The person that a rotation may wait for: reads the finding and orders a retry, in the way the operations API does. Safe
 * for use by several threads.
 */
final class Operator {
    /** Without faults a retry leads on; one that keeps coming back does not end. */
    private static final int MOST_RETRIES = 5;

    private final PlatformDatabase gyre;
    private final CompletableFuture<Void> allEnded = new CompletableFuture<>();
    private final Map<UUID, Integer> retries = new HashMap<>();
    private int ordered;
    private boolean quiet;

    Operator(PlatformDatabase gyre) {
        this.gyre = gyre;
    }

    private record Waiting(UUID rotation, String secret, String finding) {}

    /** Has a look at what waits; to be called again and again. While the database is away there is nothing to see. */
    synchronized void look() {
        try {
            gyre.rows("""
                            SELECT r.rotation_id, s.name, r.finding FROM rotation r JOIN secret s USING (secret_id)
                             WHERE r.state = 'Waiting' AND r.ordered IS NULL""", row -> new Waiting(row.getObject(1, UUID.class), row.getString(2), row.getString(3)))
                    .forEach(this::orderRetry);
            if (quiet && open().isEmpty()) {
                allEnded.complete(null);
            }
        } catch (PlatformException e) {
            if (quiet) {
                allEnded.completeExceptionally(e);
            }
        }
    }

    private void orderRetry(Waiting waiting) {
        if (quiet && retries.merge(waiting.rotation(), 1, Integer::sum) > MOST_RETRIES) {
            allEnded.completeExceptionally(new AssertionError("The rotation of " + waiting.secret() + " waits after "
                    + MOST_RETRIES + " retries, though nothing is wrong any more: " + waiting.finding()));
        }
        ordered += gyre.change("""
                UPDATE rotation SET ordered = 'retry', ordered_by = 'operator', wake_clock = 'operational',
                                    wake_at = clock_timestamp()
                 WHERE rotation_id = ? AND state = 'Waiting' AND ordered IS NULL
                   AND (lease_until IS NULL OR lease_until <= clock_timestamp())""", waiting.rotation());
    }

    /** Completes when every rotation has ended; to be called once no fault is left and no rotation is begun any more. */
    synchronized CompletableFuture<Void> allEnded() {
        quiet = true;
        return allEnded;
    }

    /** The rotations that have not ended, each as a line. */
    List<String> open() {
        return gyre.rows("""
                SELECT format('%s %s %s attempt %s, wakes in %s, lease %s: %s', s.name, r.phase, r.state, r.attempt,
                              r.wake_at - clock_timestamp(), r.lease_holder, r.finding)
                  FROM rotation r JOIN secret s USING (secret_id) WHERE r.ended_at IS NULL""", row -> row.getString(1));
    }

    /** How many retries were ordered. */
    synchronized int ordered() {
        return ordered;
    }
}
