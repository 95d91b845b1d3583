package io.gyre.worker.budget;

import java.time.Duration;

/**
 * Which part of its rate a budget grants after the cloud has throttled. PostgreSQL reckons it by its own clock (the function {@code
 * budget_share}, and {@link BudgetSql#THROTTLED}); a test holds the two together.
 */
public final class Throttle {
    /** A cloud that throttles whatever is asked is still asked so often. */
    static final double LEAST = 0.0625;

    /** Calls that were on their way together are answered together: within this time there is no other halving. */
    static final Duration ONCE_IN = Duration.ofSeconds(5);

    private static final Duration GROWS_EVERY = Duration.ofSeconds(30);
    private static final double GROWS_BY = 0.1;

    private Throttle() {}

    /**
     * @param left what was left of it when the cloud last throttled
     * @param since that moment
     */
    public static double share(double left, Duration since) {
        long grown = Math.max(0, since.toNanos() / GROWS_EVERY.toNanos());
        return Math.min(1, left + GROWS_BY * grown);
    }

    /** @return whether the cloud's word counts, so long after the last that did */
    public static boolean counts(Duration since) {
        return since.isNegative() || since.compareTo(ONCE_IN) > 0;
    }

    /** What is left of a share when the cloud throttles. */
    public static double halved(double share) {
        return Math.max(LEAST, share / 2);
    }
}
