package io.gyre.worker.process;

import io.gyre.start.StartFailure;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;

/** The process. A start that fails ends it with one sentence on standard error and exit status 1. */
@QuarkusMain
public final class RotationWorker {
    RotationWorker() {}

    public static void main(String... arguments) {
        Quarkus.run(null, RotationWorker::exit, arguments);
    }

    private static void exit(int status, Throwable failure) {
        if (failure != null) {
            System.err.println(StartFailure.sentence("rotation-worker", "GYRE_OPS_PORT", failure));
        }
        System.exit(status);
    }
}
