package io.gyre.simulator.due;

import java.time.Duration;
import java.util.Optional;

/** A table of work, each piece with the moment from which it may be done. */
public interface DueWork {
    /** @return whether there was something due, which is now done */
    boolean performNext();

    /** How long until the next piece is due; zero or less where it already is; empty where there is none. */
    Optional<Duration> untilNext();
}
