package io.gyre.worker.simulation;

import java.util.logging.Level;
import java.util.logging.Logger;

/** The engine logs each lost lease and each store that is away; in a simulation there are a hundred thousand of them. */
final class Silence implements AutoCloseable {
    /** Held, since a logger that nobody holds forgets its level. */
    private final Logger engine = Logger.getLogger("io.gyre.worker.engine");

    Silence() {
        engine.setLevel(Level.OFF);
    }

    @Override
    public void close() {
        engine.setLevel(null);
    }
}
