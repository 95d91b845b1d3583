package io.gyre.schedule;

import java.time.Duration;
import java.time.Instant;

/**
 * Makes up for a time in which nothing could begin. What came due meanwhile begins in the same order, over a time that is as long as
 * what was missed, or as the longest; so none is later by more than that.
 *
 * @param from what came due before was begun
 * @param now from now on rotations begin again
 * @param longest how long it takes at most
 */
public record CatchUp(Instant from, Instant now, Duration longest) {
    public CatchUp {
        if (now.isBefore(from) || longest.isNegative()) {
            throw new IllegalArgumentException(
                    "What was missed from " + from + " to " + now + " cannot be made up for within " + longest + ".");
        }
    }

    /** How long it takes. */
    public Duration length() {
        Duration missed = Duration.between(from, now);
        return missed.compareTo(longest) < 0 ? missed : longest;
    }

    /** How long it takes for each second that was missed: at most 1. */
    public double pace() {
        Duration missed = Duration.between(from, now);
        return missed.isZero() ? 1 : length().toMillis() / (double) Math.max(1, missed.toMillis());
    }

    /** When that begins which was to begin in the meantime; at once what was to begin before. */
    public Instant begin(Instant missed) {
        if (missed.isBefore(from)) {
            return now;
        }
        return now.plusMillis((long) (Duration.between(from, missed).toMillis() * pace()));
    }
}
