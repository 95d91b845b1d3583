package io.gyre.worker.engine;

import io.gyre.worker.machine.Calls;
import io.gyre.worker.machine.CloudProduct;
import io.smallrye.mutiny.Uni;
import java.time.Duration;

/** A budget for tests that are about something else. */
public final class Unlimited implements CallBudget {
    @Override
    public Uni<Turn> take(Calls calls, Duration longest) {
        return Uni.createFrom().item(new Turn(true, Duration.ZERO));
    }

    @Override
    public Uni<Void> throttled(CloudProduct product) {
        return Uni.createFrom().voidItem();
    }
}
