package io.gyre.worker.simulation;

import java.time.Duration;

/** The delays before retries, beside what full jitter makes of 10 s doubling to 300 s: half of it on average. */
final class Backoffs {
    private static final double LONGEST_MILLIS = 300_000;

    private double waited;
    private double expected;
    private long count;

    void add(int attempt, Duration delay) {
        waited += delay.toMillis();
        expected += Math.min(LONGEST_MILLIS, 10_000 * Math.pow(2, attempt - 1)) / 2;
        count++;
    }

    void add(Backoffs others) {
        waited += others.waited;
        expected += others.expected;
        count += others.count;
    }

    long count() {
        return count;
    }

    /** How long was waited in proportion to what is expected on average. */
    double ratio() {
        return waited / expected;
    }
}
