package io.gyre.schedule;

import java.time.Duration;

/**
 * How long a secret is left alone that is due and cannot begin: an eighth of the time that it has waited, so that one which waits for
 * long costs little, and one that waited for a moment begins soon.
 */
public final class LookAgain {
    private static final double SHORTEST_MILLIS = 60_000;
    private static final double LONGEST_MILLIS = 3_600_000;
    private static final int PART = 8;

    private LookAgain() {}

    /**
     * @param waited on the calendar
     * @param speed of the calendar: how much of it passes in a second of the wall clock, on which the bounds count
     * @return on the calendar
     */
    public static Duration after(Duration waited, double speed) {
        double wall = waited.toMillis() / speed / PART;
        double bounded = Math.min(Math.max(wall, SHORTEST_MILLIS), LONGEST_MILLIS);
        return Duration.ofMillis((long) (bounded * speed));
    }
}
