package io.gyre.worker.machine;

import java.time.Duration;

/** When to look at a rotation again, and on which clock. */
public record Wake(Clock clock, Duration after) {
    /** The two clocks that are never mixed. */
    public enum Clock {
        /** The wall's pace: retries, polling. */
        OPERATIONAL,
        /** The calendar, which a local platform may run faster: overlaps. */
        CALENDAR
    }

    public static Wake soon(Duration after) {
        return new Wake(Clock.OPERATIONAL, after);
    }
}
