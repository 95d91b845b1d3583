package io.gyre.schedule;

import java.time.Duration;
import java.time.Instant;

/**
 * A stretch of time in which rotations may begin.
 *
 * @param ends the first moment that is no part of it
 */
public record Opening(Instant begins, Instant ends) {
    public Opening {
        if (!begins.isBefore(ends)) {
            throw new IllegalArgumentException("A window that opens at " + begins + " cannot close at " + ends + ".");
        }
    }

    public boolean contains(Instant moment) {
        return !moment.isBefore(begins) && moment.isBefore(ends);
    }

    Duration length() {
        return Duration.between(begins, ends);
    }
}
