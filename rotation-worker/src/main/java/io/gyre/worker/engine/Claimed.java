package io.gyre.worker.engine;

import io.gyre.worker.machine.Happening.Ordered;
import io.gyre.worker.machine.Rotation;
import org.jspecify.annotations.Nullable;

/**
 * A rotation that this worker holds the lease of.
 *
 * @param type as in the column {@code rotation_type}
 * @param targetKey what answers for the credential; rotations with the same key share its limit
 * @param fence the number of this claim: a write that carries an older one is refused
 * @param commits how many commits have followed this claim: a commit that is sent again, because its answer was lost, is
 *     known by it
 * @param clock PostgreSQL's clocks at the claim
 * @param origin where it comes from
 * @param order what an operator ordered and this claim is the first to see; null for nothing
 */
public record Claimed(
        Rotation rotation,
        String type,
        String targetKey,
        long fence,
        int commits,
        ClockReading clock,
        Origin origin,
        @Nullable Ordered order) {
    /** As it is once a decision is committed, and with it whatever was ordered. */
    Claimed as(Rotation changed) {
        return new Claimed(changed, type, targetKey, fence, commits + 1, clock, origin, null);
    }
}
