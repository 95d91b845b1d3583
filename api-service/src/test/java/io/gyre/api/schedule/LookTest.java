package io.gyre.api.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gyre.schedule.Opening;
import io.gyre.schedule.Policy;
import io.gyre.schedule.RotationWindow;
import io.gyre.schedule.Spread;
import io.gyre.schedule.Timetable;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a look at a secret that was handed out decides. */
class LookTest {
    private static final Instant DATE = Instant.parse("2026-03-02T10:00:00Z");
    private static final Timetable TIMETABLE = new Timetable(new Spread(Duration.ofHours(1)));

    private static DueSecret at(
            Instant now, RotationWindow window, boolean usable, boolean rotating, @Nullable Instant heldSince) {
        Policy policy = new Policy("arn", Duration.ofDays(30), DATE, DATE.minus(Duration.ofDays(30)), window);
        return new DueSecret(1, now.plusSeconds(60), policy, usable, rotating, heldSince, now, 1);
    }

    private static PutOff later(DueSecret secret) {
        return Objects.requireNonNull(RotationScan.later(secret, TIMETABLE));
    }

    @Test
    void atItsDateASecretIsPutOffByItsSpreadWhateverElseKeepsIt() {
        PutOff later = later(at(DATE, RotationWindow.ALWAYS, false, true, null));
        assertNull(later.hold());
        assertTrue(later.until().isAfter(DATE));
        assertTrue(later.until().isBefore(DATE.plus(Duration.ofHours(1))));
        assertNull(
                RotationScan.later(at(later.until(), RotationWindow.ALWAYS, true, false, null), TIMETABLE),
                "then it begins");
    }

    @Test
    void outsideItsWindowASecretIsPutOffIntoTheWindow() {
        Opening opening = new Opening(DATE.plus(Duration.ofHours(5)), DATE.plus(Duration.ofHours(6)));
        PutOff later = later(at(DATE.plus(Duration.ofHours(2)), from -> Optional.of(opening), true, false, null));
        assertNull(later.hold());
        assertTrue(opening.contains(later.until()));
    }

    @Test
    void whatCannotBeginIsHeldWithItsReasonAndForLongerTheLongerItHasWaited() {
        Instant now = DATE.plus(Duration.ofDays(1));
        PutOff byKey = later(at(now, RotationWindow.ALWAYS, false, true, null));
        assertEquals(Hold.KEY, byKey.hold());
        assertEquals(now.plus(Duration.ofMinutes(1)), byKey.until());
        PutOff byRotation = later(at(now, RotationWindow.ALWAYS, true, true, now.minus(Duration.ofHours(4))));
        assertEquals(Hold.ROTATION, byRotation.hold());
        assertEquals(now.plus(Duration.ofMinutes(30)), byRotation.until());
        PutOff byWindow = later(at(now, from -> Optional.empty(), true, false, now.minus(Duration.ofDays(4))));
        assertEquals(Hold.WINDOW, byWindow.hold());
        assertEquals(now.plus(Duration.ofHours(1)), byWindow.until());
    }

    @Test
    void howLateItBeginsCountsFromWhenItsPolicyWantedIt() {
        Timetable atOnce = new Timetable(new Spread(Duration.ZERO));
        DueSecret late = at(DATE.plus(Duration.ofHours(3)), RotationWindow.ALWAYS, true, false, null);
        assertEquals(Duration.ofHours(3), RotationScan.lag(late, atOnce));
        Duration spread = RotationScan.lag(late, TIMETABLE);
        assertTrue(spread.compareTo(Duration.ofHours(2)) > 0 && spread.compareTo(Duration.ofHours(3)) < 0, "" + spread);
        Opening opening = new Opening(DATE.plus(Duration.ofHours(1)), DATE.plus(Duration.ofHours(4)));
        DueSecret inWindow = at(DATE.plus(Duration.ofHours(3)), from -> Optional.of(opening), true, false, null);
        assertEquals(Duration.ofHours(2), RotationScan.lag(inWindow, atOnce));
    }

    @Test
    void aDateThatWasPastWhenItWasSetIsNoLagAndAFastCalendarMakesItShort() {
        Instant set = DATE.plus(Duration.ofDays(3));
        Policy past = new Policy("arn", Duration.ofDays(30), DATE, set, RotationWindow.ALWAYS);
        Instant now = set.plus(Duration.ofHours(2));
        DueSecret secret = new DueSecret(1, now.plusSeconds(60), past, true, false, null, now, 7200);
        assertEquals(Duration.ofSeconds(1), RotationScan.lag(secret, new Timetable(new Spread(Duration.ZERO))));
    }
}
