package io.gyre.worker.simulation;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import io.gyre.worker.budget.Reservation;
import io.gyre.worker.engine.CallBudget;
import io.gyre.worker.machine.Calls;
import io.gyre.worker.machine.CloudProduct;
import io.gyre.worker.simulation.Faults.Kind;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** The budgets that the workers of a simulation share, in virtual time. */
class SimulatedBudget {
    private final Faults faults;
    private final Coverage coverage;
    private final Duration every;
    private final Map<CloudProduct, Bucket> buckets = new TreeMap<>();

    /** @param every how long it takes until there is one more call */
    SimulatedBudget(VirtualTime time, Faults faults, Coverage coverage, Duration every, int burst) {
        this.faults = faults;
        this.coverage = coverage;
        this.every = every;
        for (CloudProduct product : CloudProduct.values()) {
            buckets.put(product, bucket(time, every, burst));
        }
    }

    private static Bucket bucket(VirtualTime time, Duration every, int burst) {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(burst).refillGreedy(1, every).initialTokens(0))
                .withCustomTimePrecision(new TimeMeter() {
                    @Override
                    public long currentTimeNanos() {
                        return time.nanos();
                    }

                    @Override
                    public boolean isWallClockBased() {
                        return false;
                    }
                })
                .build();
    }

    /** As a process reaches it. */
    CallBudget of(SimulatedProcess process) {
        VirtualExecutor executor = new VirtualExecutor(process);
        return new CallBudget() {
            @Override
            public Uni<Turn> take(Calls calls, Duration longest) {
                if (faults.strike(Kind.BUDGET_IS_AWAY)) {
                    return Uni.createFrom().failure(new StoreAway());
                }
                Duration share = every.multipliedBy(calls.most());
                return Reservation.of(
                                listener -> bucket(calls.product())
                                        .toListenable(listener)
                                        .asScheduler(),
                                calls.most(),
                                longest,
                                share,
                                process,
                                executor)
                        .invoke(turn -> {
                            if (!turn.come()) {
                                coverage.sentAway();
                            }
                        });
            }

            @Override
            public Uni<Void> throttled(CloudProduct product) {
                coverage.toldOfThrottling();
                return Uni.createFrom().voidItem();
            }
        };
    }

    Bucket bucket(CloudProduct product) {
        return buckets.get(product);
    }
}
