package io.gyre.api.webhooks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RetryScheduleTest {
    private static Optional<Duration> unasked(int attempts, double random) {
        return RetrySchedule.waitAfter(attempts, Duration.ZERO, random);
    }

    @Test
    void aDeliveryIsTriedTenTimesInSomeThreeDays() {
        List<Duration> waits = IntStream.rangeClosed(1, 9)
                .mapToObj(attempts -> unasked(attempts, 0).orElseThrow())
                .toList();
        assertEquals(
                List.of(
                        Duration.ofSeconds(5),
                        Duration.ofMinutes(5),
                        Duration.ofMinutes(30),
                        Duration.ofHours(2),
                        Duration.ofHours(5),
                        Duration.ofHours(10),
                        Duration.ofHours(14),
                        Duration.ofHours(20),
                        Duration.ofHours(24)),
                waits);
        assertEquals(Optional.empty(), unasked(10, 0));
        assertThrows(IllegalArgumentException.class, () -> unasked(0, 0));
    }

    @Test
    void chanceAddsATenthAtMost() {
        assertEquals(Optional.of(Duration.ofMillis(5500)), unasked(1, 1));
        assertEquals(Optional.of(Duration.ofMillis(5250)), unasked(1, 0.5));
    }

    @Test
    void aReceiverIsWaitedForLongerNeverShorterAndADayAtMost() {
        assertEquals(Optional.of(Duration.ofSeconds(60)), RetrySchedule.waitAfter(1, Duration.ofSeconds(60), 1));
        assertEquals(Optional.of(Duration.ofMinutes(5)), RetrySchedule.waitAfter(2, Duration.ofSeconds(60), 0));
        assertEquals(Optional.of(Duration.ofHours(24)), RetrySchedule.waitAfter(1, Duration.ofDays(30), 1));
        assertEquals(Optional.empty(), RetrySchedule.waitAfter(10, Duration.ofSeconds(60), 0));
    }

    @Test
    void onlySecondsAskForPatience() {
        assertEquals(Duration.ofSeconds(120), RetryAfter.of("120"));
        assertEquals(Duration.ZERO, RetryAfter.of(null));
        assertEquals(Duration.ZERO, RetryAfter.of("-1"));
        assertEquals(Duration.ZERO, RetryAfter.of("9999999999"));
        assertEquals(Duration.ZERO, RetryAfter.of("Fri, 31 Dec 2027 23:59:59 GMT"));
    }
}
