package io.gyre.worker.engine;

import io.gyre.worker.machine.Now;
import java.time.Duration;
import java.time.Instant;

/**
 * What PostgreSQL's clocks showed at a moment of this process's monotonic clock. Later moments follow from how long ago
 * that was, so no two hosts' clocks are compared.
 *
 * @param speed calendar seconds per wall second
 * @param nanos the monotonic clock at the reading
 */
public record ClockReading(Instant operational, Instant calendar, double speed, long nanos) {
    Now at(long laterNanos, double jitter) {
        Duration passed = Duration.ofNanos(laterNanos - nanos);
        Duration onCalendar = Duration.ofNanos((long) (passed.toNanos() * speed));
        return new Now(operational.plus(passed), calendar.plus(onCalendar), jitter);
    }
}
