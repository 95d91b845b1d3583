package io.gyre.benchmarks.schedules;

import io.gyre.benchmarks.Bench;

/** A scheduler that takes part. */
interface Contender {
    String name();

    /** What is true in its database once a schedule has begun. */
    String keeps();

    /** What was chosen for it. */
    String settings();

    /** Starts it on a database with so many schedules, none of which is due within the year. */
    Timetable open(Bench bench, int schedules);
}
