package io.gyre.api.calendar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gyre.api.testing.Rows;
import io.gyre.start.StartRefusal;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.VertxContextSupport;
import jakarta.inject.Inject;
import org.hibernate.reactive.mutiny.Mutiny;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class InstallationCalendarTest {
    @Inject
    Mutiny.SessionFactory sessions;

    @Inject
    Rows rows;

    @AfterEach
    void backToTheWallClocksPace() throws Throwable {
        start(1, true);
    }

    @Test
    void aChangeOfSpeedDoesNotMakeItJump() throws Throwable {
        double before = shown();
        start(1000, true);
        double atOnce = shown();
        start(1, true);
        double after = shown();
        assertTrue(before <= atOnce && atOnce <= after, before + " " + atOnce + " " + after);
        // A jump would be one of decades: the origins were those of 1970.
        assertTrue(after - before < 1000 * 600, before + " " + after);
    }

    @Test
    void startingAgainAtTheSameSpeedChangesNothing() throws Throwable {
        start(1000, true);
        String row = row();
        start(1000, true);
        assertEquals(row, row());
    }

    @Test
    void anotherSpeedIsRefusedOutsideTheLocalPlatform() {
        String row = row();
        StartRefusal refusal = assertThrows(StartRefusal.class, () -> start(2, false));
        assertEquals(
                "GYRE_CALENDAR_SPEED is 2.0: only the local platform (GYRE_LOCAL_PLATFORM=true) may run the calendar at"
                        + " another speed than 1.",
                refusal.getMessage());
        assertEquals(row, row());
    }

    @Test
    void aDatabaseThatRunsAtAnotherSpeedIsRefusedOutsideTheLocalPlatform() throws Throwable {
        start(2, true);
        StartRefusal refusal = assertThrows(StartRefusal.class, () -> start(1, false));
        assertTrue(
                refusal.getMessage().startsWith("The calendar in this database runs at speed 2.0"),
                refusal.getMessage());
    }

    private void start(double speed, boolean localPlatform) throws Throwable {
        InstallationCalendar calendar = new InstallationCalendar(sessions, () -> speed, () -> localPlatform);
        VertxContextSupport.subscribeAndAwait(calendar::applySpeed);
    }

    /** Seconds since 1970, on the calendar. */
    private double shown() {
        return Double.parseDouble(rows.text("SELECT extract(epoch FROM calendar_now())"));
    }

    private String row() {
        return rows.text("SELECT CAST(c AS text) FROM calendar c");
    }
}
