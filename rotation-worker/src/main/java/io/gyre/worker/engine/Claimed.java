package io.gyre.worker.engine;

import io.gyre.worker.machine.Rotation;

/**
 * A rotation that this worker holds the lease of.
 *
 * @param type as in the column {@code rotation_type}
 * @param fence the number of this claim: a write that carries an older one is refused
 * @param clock PostgreSQL's clocks at the claim
 */
public record Claimed(Rotation rotation, String type, long fence, ClockReading clock) {
    Claimed as(Rotation changed) {
        return new Claimed(changed, type, fence, clock);
    }
}
