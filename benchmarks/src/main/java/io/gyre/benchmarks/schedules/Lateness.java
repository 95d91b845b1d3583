package io.gyre.benchmarks.schedules;

import io.gyre.benchmarks.report.Median;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** How late the schedules of a contender began, over rounds. */
final class Lateness {
    private final List<Double> medians = new ArrayList<>();
    private final List<Double> tails = new ArrayList<>();
    private final List<Double> rates = new ArrayList<>();

    static double millis(Instant due, Instant begun) {
        return Duration.between(due, begun).toNanos() / 1e6;
    }

    /** @param millis of one round */
    void add(List<Double> millis) {
        medians.add(Median.of(millis));
        tails.add(Median.quantile(millis, 0.99));
        rates.add(millis.size() / (Median.highest(millis) / 1_000));
    }

    /** Milliseconds that half of a round's schedules do not exceed; the median of the rounds. */
    double median() {
        return Median.of(medians);
    }

    /** The same of 99 %. */
    double tail() {
        return Median.of(tails);
    }

    /** Schedules a second from the instant at which they were due until the last began; the median of the rounds. */
    double rate() {
        return Median.of(rates);
    }
}
