package io.gyre.schedule;

import io.gyre.rpc.Digests;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;

/**
 * Keeps secrets that have one date from being rotated at one instant. Each is late by a phase, which is always the same for
 * that secret, and by a jitter, which differs from one rotation to the next.
 *
 * @param longest no rotation is later than its date by as much; zero for no spread
 */
public record Spread(Duration longest) {
    /** A rotation is late by less than this part of its interval: 7.2 minutes of 6 hours. */
    private static final int PART = 50;

    /** Three quarters of the spread are the phase, the rest is the jitter. */
    private static final double PHASE = 0.75;

    private static final int HASHED_DIGITS = 13;

    public Spread {
        if (longest.isNegative()) {
            throw new IllegalArgumentException("A spread of " + longest + " is negative.");
        }
    }

    /** A rotation of so long an interval is later than its date by less than this. */
    public Duration of(Duration interval) {
        Duration part = interval.dividedBy(PART);
        return part.compareTo(longest) < 0 ? part : longest;
    }

    /** How long after its date the rotation begins. */
    Duration delay(Policy policy) {
        long cycle = Math.floorDiv(
                policy.date().getEpochSecond(), Math.max(1, policy.interval().toSeconds()));
        double place = PHASE * fraction(policy.secret()) + (1 - PHASE) * fraction(policy.secret() + " " + cycle);
        return part(of(policy.interval()), place);
    }

    /** How long after a window opens the rotation begins: in its first half, so that it does not miss it. */
    Duration within(Opening opening, Policy policy) {
        Duration half = opening.length().dividedBy(2);
        return part(half.compareTo(longest) < 0 ? half : longest, fraction(policy.secret()));
    }

    private static Duration part(Duration whole, double part) {
        return Duration.ofMillis((long) (whole.toMillis() * part));
    }

    /** From 0 to less than 1, evenly, and the same for the same text. */
    private static double fraction(String text) {
        String digits = Digests.sha256Hex(text.getBytes(StandardCharsets.UTF_8)).substring(0, HASHED_DIGITS);
        return Long.parseLong(digits, 16) / (double) (1L << (4 * HASHED_DIGITS));
    }

    /** The earliest moment at which the rotation may begin, whatever its window. */
    Instant begin(Policy policy) {
        return policy.isAtOnce() ? policy.setAt() : policy.date().plus(delay(policy));
    }
}
