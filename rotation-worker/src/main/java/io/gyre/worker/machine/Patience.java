package io.gyre.worker.machine;

import java.time.Duration;

/**
 * How long an effect is tried.
 *
 * @param attempts how often effects may fail between two rests before the rotation is given up or a person is asked
 * @param poll how long to wait before looking again for what has not come about yet
 * @param longest how long to look for it, from the beginning of the phase
 */
public record Patience(int attempts, Duration poll, Duration longest) {
    /** First delay of a retry; it doubles with each failure. */
    static final Duration FIRST_RETRY = Duration.ofSeconds(10);

    /** The delays grow no further: an operator who mends the target is not kept waiting for longer. */
    static final Duration LONGEST_RETRY = Duration.ofSeconds(300);

    /** With delays of 10 s doubling to 300 s, twelve attempts span about half an hour. */
    public static final Patience CALL = new Patience(12, Duration.ofSeconds(1), Duration.ofMinutes(2));

    /** Looks four times a second: what is waited for takes seconds, and each look costs the target little. */
    public static final Patience POLL = new Patience(12, Duration.ofMillis(250), Duration.ofMinutes(2));

    /**
     * Full jitter: a random part of the whole delay, so that many rotations that failed together do not return together.
     *
     * @param attempt counts from 1
     * @param jitter from 0 to 1
     */
    static Duration backoff(int attempt, double jitter) {
        int doublings = Math.min(attempt - 1, 10);
        Duration whole = FIRST_RETRY.multipliedBy(1L << doublings);
        Duration capped = whole.compareTo(LONGEST_RETRY) > 0 ? LONGEST_RETRY : whole;
        return Duration.ofMillis((long) (capped.toMillis() * jitter));
    }
}
