package io.gyre.examples;

import io.gyre.platform.PlatformException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Has secrets rotated again and again, as somebody beside the programs would. */
final class Operator implements AutoCloseable {
    /** A call has time-outs of about ten seconds. */
    private static final Duration ENDS_WITHIN = Duration.ofSeconds(20);

    private final Orders orders;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();

    Operator(Orders orders) {
        this.orders = orders;
    }

    /** Whom it asks. */
    interface Orders {
        /**
         * Begins a rotation.
         *
         * @param more parameters of the order
         * @return whether it has begun; false while the one before has not ended
         * @throws PlatformException if it is refused, or nobody answers
         */
        boolean rotate(String secret, Map<String, String> more);
    }

    /** @param every how long after one order the next one follows */
    void rotates(Use use, Tally tally, Duration every) {
        var unused = thread.scheduleWithFixedDelay(
                () -> order(use, tally), every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void order(Use use, Tally tally) {
        try {
            if (orders.rotate(use.secret(), use.order())) {
                tally.rotated();
            }
        } catch (PlatformException e) {
            // A program that was given no new credential would prove nothing.
            tally.failed(String.valueOf(e.getMessage()));
        }
    }

    /** An order that is on its way is waited for: one that is cut off would count as a failure. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(ENDS_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            thread.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
