package io.gyre.worker.simulation;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The executor that an engine is given: its tasks are events of the process that it belongs to. */
final class VirtualExecutor extends AbstractExecutorService implements ScheduledExecutorService {
    private final SimulatedProcess process;

    VirtualExecutor(SimulatedProcess process) {
        this.process = process;
    }

    @Override
    public void execute(Runnable task) {
        var unused = process.inside(Duration.ZERO, task);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
        return schedule(
                () -> {
                    task.run();
                    return null;
                },
                delay,
                unit);
    }

    @Override
    public <V> ScheduledFuture<V> schedule(Callable<V> task, long delay, TimeUnit unit) {
        Timer<V> timer = new Timer<>(task);
        timer.event = process.inside(Duration.ofNanos(unit.toNanos(delay)), timer);
        return timer;
    }

    private static final class Timer<V> extends FutureTask<V> implements ScheduledFuture<V> {
        private SimulatedProcess.@Nullable Deferred event;

        Timer(Callable<V> task) {
            super(task);
        }

        @Override
        public boolean cancel(boolean interrupt) {
            if (event != null) {
                event.cancel();
            }
            return super.cancel(interrupt);
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return 0;
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
        }
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable task, long initial, long period, TimeUnit unit) {
        throw new UnsupportedOperationException("No part of the engine repeats by itself.");
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable task, long initial, long delay, TimeUnit unit) {
        throw new UnsupportedOperationException("No part of the engine repeats by itself.");
    }

    @Override
    public void shutdown() {
        throw new UnsupportedOperationException("A process ends by being killed.");
    }

    @Override
    public List<Runnable> shutdownNow() {
        throw new UnsupportedOperationException("A process ends by being killed.");
    }

    @Override
    public boolean isShutdown() {
        return false;
    }

    @Override
    public boolean isTerminated() {
        return false;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return false;
    }
}
