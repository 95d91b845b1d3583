package io.gyre.examples;

import io.gyre.platform.PlatformException;
import java.io.IOException;

/** A secret with the program that uses it, and what became of that so far. */
record Lane(Use use, Tally tally, CurrentCredential current, Program program) implements AutoCloseable {
    /** Every use that was begun is counted by then. */
    @Override
    public void close() {
        program.close();
        use.application().close();
        try {
            current.close();
        } catch (IOException e) {
            throw new PlatformException("The caching client of " + use.secret() + " cannot be closed.", e);
        }
    }
}
