package io.gyre.worker.simulation;

/** What a database client fails with when the connection is gone. */
final class StoreAway extends RuntimeException {
    private static final long serialVersionUID = 1;

    StoreAway() {
        super("The connection is gone.", null, false, false);
    }
}
