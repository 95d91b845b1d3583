package io.gyre.worker.simulation;

import io.gyre.worker.engine.Ticks;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One life of a process. What was to happen inside of it no longer happens once it is killed, and waits while it is
 * paused, as it would behind a long collection of garbage or on a host that was frozen.
 */
final class SimulatedProcess implements Ticks {
    private final VirtualTime time;
    private final Runnable afterEach;

    /** A monotonic clock begins anywhere: no two processes' may be compared. */
    private final long clockBegan;

    private boolean killed;
    private long pausedUntil;

    /** @param afterEach after everything that happens inside */
    SimulatedProcess(VirtualTime time, long clockBegan, Runnable afterEach) {
        this.time = time;
        this.clockBegan = clockBegan;
        this.afterEach = afterEach;
    }

    /** Something that is to happen inside of the process. */
    static final class Deferred {
        private VirtualTime.@Nullable Event event;
        private boolean cancelled;

        void cancel() {
            cancelled = true;
            if (event != null) {
                event.cancel();
            }
        }
    }

    /** Has something happen inside of the process. */
    Deferred inside(Duration delay, Runnable task) {
        Deferred deferred = new Deferred();
        begin(deferred, delay, task);
        return deferred;
    }

    private void begin(Deferred deferred, Duration delay, Runnable task) {
        deferred.event = time.after(delay, () -> {
            if (killed || deferred.cancelled) {
                return;
            }
            if (pausedUntil > time.nanos()) {
                begin(deferred, Duration.ofNanos(pausedUntil - time.nanos()), task);
                return;
            }
            task.run();
            afterEach.run();
        });
    }

    @Override
    public long nanos() {
        return clockBegan + time.nanos();
    }

    @Override
    public void after(Duration delay, Runnable task) {
        var unused = inside(delay, task);
    }

    void kill() {
        killed = true;
    }

    boolean isKilled() {
        return killed;
    }

    void pause(Duration howLong) {
        pausedUntil = Math.max(pausedUntil, time.nanos() + howLong.toNanos());
    }
}
