package io.gyre.benchmarks.schedules;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** One scheduler with its schedules, started, in a database of its own. */
interface Timetable extends AutoCloseable {
    /**
     * Lets so many schedules, spread over all of them, come due at one instant, and waits until each has begun.
     *
     * @return milliseconds from the instant to each begin
     */
    List<Double> comeDue(int schedules, Instant at);

    /**
     * Lets as many come due and be looked at, of which none may begin: what is spent is the look's alone. False where the scheduler
     * has nothing of the kind.
     */
    default boolean areLookedAt(int schedules, Instant at) {
        return false;
    }

    /** The processor time that it and the server have taken so far. */
    Spent spent();

    /** MiB of its heap that are in use after a full collection. */
    double liveHeap();

    @Override
    void close();

    /** Processor time. */
    record Spent(Duration server, Duration scheduler) {
        Spent since(Spent before) {
            return new Spent(server.minus(before.server), scheduler.minus(before.scheduler));
        }
    }
}
