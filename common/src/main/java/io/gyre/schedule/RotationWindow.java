package io.gyre.schedule;

import java.time.Instant;
import java.util.Optional;

/** The hours in which a secret may begin to be rotated by its policy. */
@FunctionalInterface
public interface RotationWindow {
    /** Without a window, any moment will do. */
    RotationWindow ALWAYS = from -> Optional.of(new Opening(from, Instant.MAX));

    /**
     * The first opening that has not closed by then, which may have begun before.
     *
     * @return empty where it never opens again
     */
    Optional<Opening> next(Instant from);
}
