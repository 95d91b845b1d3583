package io.gyre.benchmarks.durable;

import io.gyre.benchmarks.server.Database;

/** Something that runs work of four durable steps. */
interface Contender {
    /** Its name and version, as the table shows it. */
    String name();

    /** What it commits for one saga, and when. */
    String keeps();

    /** The settings it runs with, and why those. */
    String settings();

    /**
     * Makes its tables in the empty database and leaves the requests for all sagas there, as far as it takes them before it
     * runs; not timed.
     */
    Round open(Database database, int sagas);

    /** One measurement. */
    interface Round extends AutoCloseable {
        /** Runs all sagas and returns when the last of them has ended and that is committed. Called once. */
        void run();

        @Override
        void close();
    }
}
