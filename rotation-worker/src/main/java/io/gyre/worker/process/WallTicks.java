package io.gyre.worker.process;

import io.gyre.worker.engine.Ticks;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The passing of time as the machine has it. */
public final class WallTicks implements Ticks {
    private final ScheduledExecutorService executor;

    public WallTicks(ScheduledExecutorService executor) {
        this.executor = executor;
    }

    @Override
    public long nanos() {
        return System.nanoTime();
    }

    @Override
    public void after(Duration delay, Runnable task) {
        try {
            var unused = executor.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            // The process is ending: nothing is begun any more.
            return;
        }
    }
}
