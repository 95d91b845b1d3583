package io.gyre.simulator.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gyre.rpc.RpcFault;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CallLimitsTest {
    private long nanos = Long.MAX_VALUE - Duration.ofSeconds(1).toNanos();
    private final CallLimits limits = new CallLimits(() -> nanos);
    private final CallWindow window = new CallWindow();

    private void passes(Duration time) {
        nanos += time.toNanos();
    }

    private void called(int times) {
        for (int i = 0; i < times; i++) {
            window.add(nanos);
        }
    }

    @Test
    void theMostIsCountedInAnySecondWheneverItBegins() {
        called(3);
        passes(Duration.ofMillis(900));
        called(4);
        passes(Duration.ofMillis(99));
        called(1);
        assertEquals(8, window.most());
        passes(Duration.ofMillis(1));
        assertEquals(5, window.at(nanos), "what is a second old is no longer in it");
        called(2);
        assertEquals(8, window.most());
    }

    @Test
    void withoutALimitNothingIsThrottled() {
        for (int i = 0; i < 10_000; i++) {
            limits.admit("1", "Ram");
        }
    }

    @Test
    void beyondItsLimitAProductThrottlesThatAccountUntilASecondHasPassed() {
        limits.limit("Ram", 2);
        limits.admit("1", "Ram");
        passes(Duration.ofMillis(500));
        limits.admit("1", "Ram");
        RpcFault refusal = assertThrows(RpcFault.class, () -> limits.admit("1", "Ram"));
        assertEquals("Throttling.User", refusal.code());
        limits.admit("1", "Rds");
        limits.admit("2", "Ram");

        passes(Duration.ofMillis(500));
        limits.admit("1", "Ram");
        assertThrows(RpcFault.class, () -> limits.admit("1", "Ram"));

        limits.limit("Ram", 0);
        limits.admit("1", "Ram");
    }
}
