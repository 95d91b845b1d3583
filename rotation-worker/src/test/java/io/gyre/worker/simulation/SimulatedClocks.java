package io.gyre.worker.simulation;

import java.time.Duration;
import java.time.Instant;

/**
 * The clocks of the simulated database: the operational one, which an administrator may set, and the calendar, which
 * follows it at its own speed. The cloud has clocks of its own that nobody sets.
 */
final class SimulatedClocks {
    static final Instant BEGINNING = Instant.parse("2026-01-01T12:00:00Z");

    private final VirtualTime time;
    private final double speed;
    private Duration jumped = Duration.ZERO;
    private Duration calendarMoved = Duration.ZERO;
    private Duration jumpedForward = Duration.ZERO;

    SimulatedClocks(VirtualTime time, double speed) {
        this.time = time;
        this.speed = speed;
    }

    double speed() {
        return speed;
    }

    Instant operational() {
        return BEGINNING.plusNanos(time.nanos()).plus(jumped);
    }

    Instant calendar() {
        return calendar(Duration.ofNanos(time.nanos()).plus(jumped)).plus(calendarMoved);
    }

    /** What the cloud stamps on its keys. */
    Instant cloud() {
        return calendar(Duration.ofNanos(time.nanos())).plus(calendarMoved);
    }

    private Instant calendar(Duration passed) {
        return BEGINNING.plusNanos((long) (passed.toNanos() * speed));
    }

    void jump(Duration by) {
        jumped = jumped.plus(by);
        jumpedForward = by.isNegative() ? jumpedForward : jumpedForward.plus(by);
    }

    /** How far the operational clock was set forward so far: by so much have leases been shorter. */
    Duration jumpedForward() {
        return jumpedForward;
    }

    /** The calendar alone moves on. */
    void calendarMoves(Duration by) {
        calendarMoved = calendarMoved.plus(by);
    }
}
