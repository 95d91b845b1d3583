package io.gyre.platform.process;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waiting for something that tells nobody when it happens. */
public final class Poll {

    private static final Duration PAUSE = Duration.ofMillis(20);

    private Poll() {}

    /**
     * Looks every 20 ms until the condition holds.
     *
     * @return whether it held within the time
     * @throws IllegalStateException if the waiting thread is interrupted; its mark is kept
     */
    public static boolean until(Duration within, BooleanSupplier condition) {
        long deadline = System.nanoTime() + within.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                return false;
            }
            try {
                Thread.sleep(PAUSE.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while waiting", e);
            }
        }
        return true;
    }
}
