package io.gyre.fleet;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import io.gyre.worker.budget.Reservation;
import io.gyre.worker.engine.CallBudget;
import io.gyre.worker.machine.Calls;
import io.gyre.worker.machine.CloudProduct;
import io.smallrye.mutiny.Uni;
import java.time.Duration;

/** The budgets of an account in virtual time, with production's buckets and halvings. */
final class VirtualBudget implements CallBudget {
    private static final Duration SECOND = Duration.ofSeconds(1);

    /** So that a share of a call can be taken. */
    private static final long TOKENS_A_CALL = 1_000;

    private static final double LEAST_SHARE = 0.0625;
    private static final Duration GROWS_EVERY = Duration.ofSeconds(30);
    private static final double GROWS_BY = 0.1;
    private static final Duration HALVED_ONCE_IN = Duration.ofSeconds(5);

    private static final class Budget {
        private final Bucket bucket;
        private double share = 1;
        private long throttledAt;

        Budget(Bucket bucket) {
            this.bucket = bucket;
        }

        double share(long now) {
            long grown = (now - throttledAt) / GROWS_EVERY.toNanos();
            return Math.min(1, share + GROWS_BY * grown);
        }
    }

    private final VirtualTime time;
    private final VirtualExecutor executor;
    private final int rate;
    private final int burst;
    private final PerProduct<Budget> budgets;

    VirtualBudget(VirtualTime time, int rate, int burst) {
        this.time = time;
        this.executor = new VirtualExecutor(time);
        this.rate = rate;
        this.burst = burst;
        this.budgets = PerProduct.of(product -> new Budget(bucket()));
    }

    private Bucket bucket() {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(burst * TOKENS_A_CALL)
                        .refillGreedy(rate * TOKENS_A_CALL, SECOND)
                        .initialTokens(0))
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
        double cost = calls.most() / budget.share(time.nanos());
        Duration share = Duration.ofNanos((long) (cost * SECOND.toNanos() / rate));
        long tokens = (long) Math.ceil(cost * TOKENS_A_CALL);
        long held = Math.min(tokens, burst * TOKENS_A_CALL);
        return Reservation.of(
                        listener -> budget.bucket.toListenable(listener).asScheduler(),
                        held,
                        longest,
                        share,
                        time,
                        executor)
                .invoke(turn -> {
                    if (turn.come() && tokens > held) {
                        budget.bucket.consumeIgnoringRateLimits(tokens - held);
                    }
                });
    }

    @Override
    public Uni<Void> throttled(CloudProduct product) {
        Budget budget = budgets.of(product);
        long now = time.nanos();
        if (budget.throttledAt == 0 || now - budget.throttledAt > HALVED_ONCE_IN.toNanos()) {
            budget.share = Math.max(LEAST_SHARE, budget.share(now) / 2);
            budget.throttledAt = now;
        }
        return Uni.createFrom().voidItem();
    }
}
