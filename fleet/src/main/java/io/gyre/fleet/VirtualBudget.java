package io.gyre.fleet;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import io.gyre.worker.budget.Grant;
import io.gyre.worker.budget.Reservation;
import io.gyre.worker.budget.Throttle;
import io.gyre.worker.engine.CallBudget;
import io.gyre.worker.machine.Calls;
import io.gyre.worker.machine.CloudProduct;
import io.smallrye.mutiny.Uni;
import java.time.Duration;

/** The budgets of an account in virtual time, with production's buckets and halvings. */
final class VirtualBudget implements CallBudget {
    private static final class Budget {
        private final Bucket bucket;
        private double share = 1;
        private long throttledAt;

        Budget(Bucket bucket) {
            this.bucket = bucket;
        }

        Duration sinceThrottled(long now) {
            return Duration.ofNanos(now - throttledAt);
        }

        double share(long now) {
            return Throttle.share(share, sinceThrottled(now));
        }
    }

    private final VirtualTime time;
    private final VirtualExecutor executor;
    private final Grant grant;
    private final PerProduct<Budget> budgets;

    VirtualBudget(VirtualTime time, int rate, int burst) {
        this.time = time;
        this.executor = new VirtualExecutor(time);
        this.grant = new Grant(rate, burst);
        this.budgets = PerProduct.of(product -> new Budget(bucket()));
    }

    private Bucket bucket() {
        return Bucket.builder()
                .addLimit(grant.limit())
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

    @Override
    public Uni<Turn> take(Calls calls, Duration longest) {
        Budget budget = budgets.of(calls.product());
        Grant.Price price = grant.price(calls, budget.share(time.nanos()));
        return Reservation.of(
                        listener -> budget.bucket.toListenable(listener).asScheduler(),
                        price.held(),
                        longest,
                        price.grown(),
                        time,
                        executor)
                .invoke(turn -> {
                    if (turn.come() && price.owed() > 0) {
                        budget.bucket.consumeIgnoringRateLimits(price.owed());
                    }
                });
    }

    @Override
    public Uni<Void> throttled(CloudProduct product) {
        Budget budget = budgets.of(product);
        long now = time.nanos();
        if (budget.throttledAt == 0 || Throttle.counts(budget.sinceThrottled(now))) {
            budget.share = Throttle.halved(budget.share(now));
            budget.throttledAt = now;
        }
        return Uni.createFrom().voidItem();
    }
}
