package io.gyre.worker.engine;

import io.gyre.worker.machine.Calls;
import io.gyre.worker.machine.CloudProduct;
import io.smallrye.mutiny.Uni;
import java.time.Duration;

/** The port to how often the clouds may be called: one budget for each product, which all workers share. */
public interface CallBudget {
    /**
     * What a wish to call came to.
     *
     * @param come whether the calls may be sent now; if not, nothing may
     * @param share how long it takes at present until the budget has grown by so many calls
     */
    record Turn(boolean come, Duration share) {}

    /**
     * Takes the calls, and completes once they may be sent. Where that would take longer than {@code longest}, it takes nothing
     * and completes at once.
     */
    Uni<Turn> take(Calls calls, Duration longest);

    /** The cloud answered that the product is called too often: for a while, every worker calls it less often. */
    Uni<Void> throttled(CloudProduct product);
}
