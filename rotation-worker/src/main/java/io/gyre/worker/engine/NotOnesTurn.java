package io.gyre.worker.engine;

import io.gyre.worker.machine.CloudProduct;
import java.time.Duration;

/** A look did not take place: the cloud may not be called so often just now. */
final class NotOnesTurn extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotOnesTurn(CloudProduct product, Duration comesAfter) {
        super(
                product + " may not be called more often just now: look again in " + comesAfter.toSeconds() + " s.",
                null,
                false,
                false);
    }
}
