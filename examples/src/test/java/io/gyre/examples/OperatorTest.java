package io.gyre.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gyre.platform.PlatformException;
import io.gyre.platform.process.Poll;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class OperatorTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Use USE = PlotTest.use("example/orders", "queries", Duration.ZERO);

    private final Tally tally = new Tally(System::nanoTime);

    @Test
    void anOrderThatIsOnItsWayAtTheEndIsWaitedForAndNoFailure() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        Operator operator = new Operator((secret, more) -> {
            asked.countDown();
            try {
                answer.await();
                return true;
            } catch (InterruptedException e) {
                throw new PlatformException("cut off", e);
            }
        });
        operator.rotates(USE, tally, Duration.ofMillis(1));
        asked.await();
        Thread end = new Thread(operator::close);
        end.start();
        assertTrue(Poll.until(PATIENCE, () -> Set.of(Thread.State.TIMED_WAITING, Thread.State.TERMINATED)
                .contains(end.getState())));
        answer.countDown();
        end.join();
        assertEquals(0, tally.sum().failed(), tally.sum()::toString);
        assertEquals(1, tally.sum().rotations());
    }

    @Test
    void anOrderThatIsRefusedIsAFailure() {
        CountDownLatch asked = new CountDownLatch(2);
        try (Operator operator = new Operator((secret, more) -> {
            asked.countDown();
            throw new PlatformException("RotateSecret was refused.");
        })) {
            operator.rotates(USE, tally, Duration.ofMillis(1));
            assertTrue(Poll.until(PATIENCE, () -> asked.getCount() == 0), "it is tried again");
        }
        assertEquals("RotateSecret was refused.", tally.sum().firstFailure());
    }
}
