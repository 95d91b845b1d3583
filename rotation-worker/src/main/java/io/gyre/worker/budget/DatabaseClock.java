package io.gyre.worker.budget;

import io.github.bucket4j.TimeMeter;
import io.gyre.worker.engine.Ticks;
import java.time.OffsetDateTime;
import java.util.concurrent.TimeUnit;

/**
 * PostgreSQL's clock, carried on by this process's monotonic one from its last reading: no two hosts' clocks are compared. It is
 * behind by as long as the answer was on its way, so it never grants too early.
 */
final class DatabaseClock implements TimeMeter {
    private final Ticks ticks;
    private volatile long ahead;

    DatabaseClock(Ticks ticks) {
        this.ticks = ticks;
    }

    void read(OffsetDateTime wall) {
        long nanos = TimeUnit.SECONDS.toNanos(wall.toEpochSecond()) + wall.getNano();
        ahead = nanos - ticks.nanos();
    }

    @Override
    public long currentTimeNanos() {
        return ticks.nanos() + ahead;
    }

    @Override
    public boolean isWallClockBased() {
        return true;
    }
}
