package io.gyre.worker.engine;

import io.gyre.worker.machine.CloudProduct;
import java.util.List;

/** A look did not take place: the cloud may not be called so often just now. */
final class NotOnesTurn extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotOnesTurn(CloudProduct product) {
        super(sentence(product), null, false, false);
    }

    static String sentence(CloudProduct product) {
        return product + " may not be called more often just now, so nobody has looked: ./gyre budgets shows why.";
    }

    /** The same as what a look reports. */
    Preflight.Report report() {
        return new Preflight.Report(List.of(), getMessage());
    }
}
