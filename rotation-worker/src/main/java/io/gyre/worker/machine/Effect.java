package io.gyre.worker.machine;

import java.time.Duration;
import java.util.Set;

/**
 * Something to do at the target; at most one of it changes anything there. Repeating an effect with the same credential
 * is harmless, except where the machine's table treats the repetition by itself.
 */
public interface Effect {
    /** The credentials whose values it needs; none, unless it says so. */
    default Set<Credential> needs() {
        return Set.of();
    }

    /** The calls of a cloud's API that it makes at most; none, unless it says so. */
    default Calls calls() {
        return Calls.NONE;
    }

    /** How long it may take; after that its outcome is unclear. Also what a lease must outlive for it to begin. */
    default Duration timeout() {
        return Duration.ofSeconds(10);
    }
}
