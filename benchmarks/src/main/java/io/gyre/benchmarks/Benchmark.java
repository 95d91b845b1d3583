package io.gyre.benchmarks;

import io.gyre.benchmarks.report.Findings;

/** One question about Gyre's speed, and how it is answered on this machine. */
public interface Benchmark {
    /** How {@code ./gyre bench NAME} calls it. */
    String name();

    /** The question, in one line. */
    String question();

    /**
     * Measures. Takes minutes, and says on the way how it goes.
     *
     * @throws io.gyre.platform.PlatformException if it cannot be measured here, in one sentence
     */
    Findings measure(Bench bench);
}
