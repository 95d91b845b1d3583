package io.gyre.schedule;

import java.time.Duration;
import java.time.Instant;

/**
 * A secret's rotation policy, as far as time goes. Every time is the calendar's.
 *
 * @param secret what tells it from others: its ARN
 * @param interval from one rotation to the next
 * @param date the next rotation's, as the KMS API tells it: the last rotation, or creation, and the interval
 * @param setAt since when that date stands; one that was past already is not waited for
 */
public record Policy(String secret, Duration interval, Instant date, Instant setAt, RotationWindow window) {
    /** Whether its date was past when it was set, so that the rotation is to begin at once. */
    public boolean isAtOnce() {
        return !date.isAfter(setAt);
    }

    /** The policy once a rotation has ended. */
    Policy after(Instant rotated) {
        return new Policy(secret, interval, rotated.plus(interval), rotated, window);
    }
}
