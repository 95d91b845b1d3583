package io.gyre.benchmarks.durable;

import io.gyre.platform.PlatformException;
import io.gyre.platform.process.Poll;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waits for the end of a round without asking the database while it is busy. */
final class Commits {
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private Commits() {}

    /**
     * @param lastSteps counted down as each saga's last step has been done
     * @param allCommitted asked from then on, until it holds
     * @throws PlatformException if it does not come about within ten minutes
     */
    static void await(String whose, CountDownLatch lastSteps, BooleanSupplier allCommitted) {
        try {
            if (!lastSteps.await(LONGEST.toSeconds(), TimeUnit.SECONDS) || !Poll.until(LONGEST, allCommitted)) {
                throw new PlatformException(whose + " did not end its sagas within " + LONGEST.toMinutes()
                        + " minutes; " + lastSteps.getCount() + " last steps were not done.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + whose + " was measured", e);
        }
    }
}
