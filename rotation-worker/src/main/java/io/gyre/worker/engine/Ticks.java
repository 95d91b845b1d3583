package io.gyre.worker.engine;

import java.time.Duration;

/** The passing of time, from outside, so that a simulation can let it pass as it likes. */
public interface Ticks {
    /** A monotonic clock, in nanoseconds; only differences mean anything. */
    long nanos();

    /** Runs the task once, after the time has passed. */
    void after(Duration delay, Runnable task);
}
