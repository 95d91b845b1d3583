package io.gyre.worker.budget;

import io.github.bucket4j.BucketListener;
import io.github.bucket4j.SchedulingBucket;
import io.gyre.worker.engine.CallBudget.Turn;
import io.gyre.worker.engine.Ticks;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;

/**
 * Takes a turn from a bucket of Bucket4j's: tokens are taken at once, also such as come only later, and the turn is there when
 * they have come. A turn that is noticed too late, because the process was paused, counts as missed: what was meant for one
 * second must not be called in another.
 */
public final class Reservation implements BucketListener {
    /** How late a turn may be noticed. */
    public static final Duration MISSED_AFTER = Duration.ofMillis(500);

    /** Bucket4j takes no wait of nothing. */
    private static final long SHORTEST_NANOS = 1;

    private final Ticks ticks;
    private volatile long due;

    private Reservation(Ticks ticks) {
        this.ticks = ticks;
        this.due = ticks.nanos();
    }

    /**
     * Completes once the tokens are there.
     *
     * @param bucket the bucket, as it tells this listener of what it does
     * @param longest for how long it may wait for them; where it would take longer, nothing is taken
     * @param share what the turn says of how fast the budget grows
     */
    public static Uni<Turn> of(
            Function<BucketListener, SchedulingBucket> bucket,
            long tokens,
            Duration longest,
            Duration share,
            Ticks ticks,
            ScheduledExecutorService executor) {
        return Uni.createFrom().deferred(() -> {
            Reservation reservation = new Reservation(ticks);
            return Uni.createFrom()
                    .completionStage(bucket.apply(reservation)
                            .tryConsume(tokens, Math.max(SHORTEST_NANOS, longest.toNanos()), executor))
                    .map(taken -> new Turn(taken && reservation.isInTime(), share));
        });
    }

    private boolean isInTime() {
        return ticks.nanos() - due <= MISSED_AFTER.toNanos();
    }

    @Override
    public void onConsumed(long tokens) {
        due = ticks.nanos();
    }

    @Override
    public void onDelayed(long nanos) {
        due = ticks.nanos() + nanos;
    }

    @Override
    public void onRejected(long tokens) {
        // The result says so.
    }

    @Override
    public void onParked(long nanos) {
        throw new UnsupportedOperationException("No thread waits for a turn.");
    }

    @Override
    public void onInterrupted(InterruptedException e) {
        throw new UnsupportedOperationException("No thread waits for a turn.");
    }
}
