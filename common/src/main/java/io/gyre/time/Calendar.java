package io.gyre.time;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * How calendar time follows from wall time: {@code calendarOrigin + (wall - wallOrigin) * speed}. The row {@code
 * calendar} in PostgreSQL holds these three values, and its function {@code calendar_now()} computes the same.
 *
 * @param wallOrigin a moment of the wall clock
 * @param calendarOrigin what the calendar showed at that moment
 * @param speed calendar seconds per wall second; positive
 */
public record Calendar(Instant wallOrigin, Instant calendarOrigin, double speed) {
    /** The calendar of every installation but a local platform's. */
    public static final Calendar WALL = new Calendar(Instant.EPOCH, Instant.EPOCH, 1);

    public Calendar {
        if (!(speed > 0) || Double.isInfinite(speed)) {
            throw new IllegalArgumentException("The calendar's speed is " + speed + ": it must be a positive number.");
        }
    }

    /** What the calendar shows at a moment of the wall clock, to the microsecond, as PostgreSQL keeps it. */
    public Instant at(Instant wall) {
        Duration passed = Duration.between(wallOrigin, wall);
        if (speed == 1) {
            return calendarOrigin.plus(passed);
        }
        double micros = (passed.getSeconds() * 1e6 + passed.getNano() / 1e3) * speed;
        return calendarOrigin.plusSeconds((long) (micros / 1e6)).plusNanos(((long) (micros % 1e6)) * 1000);
    }

    /** How long the wall clock takes for so much of the calendar. */
    public Duration onTheWall(Duration calendarTime) {
        return Duration.ofNanos((long) (calendarTime.toNanos() / speed));
    }

    /** The same calendar at the given moment, at another speed from there on: it does not jump. */
    public Calendar changedTo(double otherSpeed, Instant wallNow) {
        return new Calendar(wallNow, at(wallNow), otherSpeed);
    }

    /** This calendar, read off the given wall clock. */
    public InstantSource on(InstantSource wall) {
        return () -> at(wall.instant());
    }
}
