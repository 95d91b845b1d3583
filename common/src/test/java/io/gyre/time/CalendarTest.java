package io.gyre.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CalendarTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    @Test
    void atSpeedOneItIsTheWallClock() {
        assertEquals(NOON.plusNanos(123), Calendar.WALL.at(NOON.plusNanos(123)));
    }

    @Test
    void fortyEightHoursPassIn24SecondsAtSpeed7200() {
        Calendar fast = Calendar.WALL.changedTo(7200, NOON);
        assertEquals(NOON.plus(Duration.ofHours(48)), fast.at(NOON.plusSeconds(24)));
        assertEquals(Duration.ofSeconds(24), fast.onTheWall(Duration.ofHours(48)));
    }

    @Test
    void aChangeOfSpeedDoesNotMakeItJump() {
        Instant later = NOON.plusSeconds(10);
        Calendar fast = Calendar.WALL.changedTo(7200, NOON);
        assertEquals(fast.at(later), fast.changedTo(1, later).at(later));
        assertEquals(fast.at(later).plusSeconds(5), fast.changedTo(1, later).at(later.plusSeconds(5)));
    }

    @Test
    void aSpeedThatIsNotPositiveIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> Calendar.WALL.changedTo(0, NOON));
        assertThrows(IllegalArgumentException.class, () -> Calendar.WALL.changedTo(Double.NaN, NOON));
    }
}
