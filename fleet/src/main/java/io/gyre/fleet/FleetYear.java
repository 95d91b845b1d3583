package io.gyre.fleet;

import io.smallrye.mutiny.Uni;
import java.util.stream.IntStream;

/** A fleet for as long as it is watched; its accounts depend on each other in nothing, so each core takes some. */
public final class FleetYear {
    private FleetYear() {}

    /** The same plan always has the same report. */
    public static FleetReport of(FleetPlan plan) {
        // Mutiny looks for its extensions at its first use, which must not be that of two threads.
        Uni.createFrom().deferred(() -> Uni.createFrom().voidItem()).await().indefinitely();
        return IntStream.range(0, plan.accounts())
                .parallel()
                .mapToObj(account -> new AccountYear(plan, account).run())
                .collect(FleetReport::new, FleetReport::add, FleetReport::add);
    }
}
