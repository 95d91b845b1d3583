package io.gyre.benchmarks.installation;

import io.gyre.worker.engine.CallBudget;
import io.gyre.worker.machine.Calls;
import io.gyre.worker.machine.CloudProduct;
import io.smallrye.mutiny.Uni;
import java.time.Duration;

/** No effect of a measurement calls a cloud, so none asks for its turn. */
final class NoCloud implements CallBudget {
    @Override
    public Uni<Turn> take(Calls calls, Duration longest) {
        throw new IllegalStateException("No cloud is called here.");
    }

    @Override
    public Uni<Void> throttled(CloudProduct product) {
        throw new IllegalStateException("No cloud is called here.");
    }
}
