package io.gyre.simulator.due;

import io.gyre.rpc.Undisclosed;
import jakarta.inject.Singleton;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** One thread that does what is due, and sleeps until the next is, or until someone adds to it. */
@Singleton
public class DueLoop {
    private static final Logger LOG = System.getLogger(DueLoop.class.getName());

    /** Between tries of work that failed, and the longest sleep. */
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition added = lock.newCondition();
    private boolean woken;
    private boolean stopping;
    private @Nullable Thread thread;

    public void start(List<DueWork> works) {
        stopping = false;
        Thread started = new Thread(() -> run(works), "due-work");
        started.setDaemon(true);
        thread = started;
        started.start();
    }

    /** Something was added that may be due before the loop would look again. */
    public void wake() {
        lock.lock();
        try {
            woken = true;
            added.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for the piece that is being done. */
    public void stop() throws InterruptedException {
        lock.lock();
        try {
            stopping = true;
            added.signalAll();
        } finally {
            lock.unlock();
        }
        if (thread != null) {
            thread.join(STOP_LIMIT.toMillis());
            thread = null;
        }
    }

    private void run(List<DueWork> works) {
        while (pause(round(works))) {
            // All that is due is done in the round.
        }
    }

    /** @return how long nothing will be due */
    private Duration round(List<DueWork> works) {
        Duration idle = PAUSE;
        for (DueWork work : works) {
            try {
                while (!isStopping() && work.performNext()) {
                    // The next one.
                }
                Duration next = work.untilNext().orElse(PAUSE);
                idle = next.compareTo(idle) < 0 ? next : idle;
            } catch (RuntimeException e) {
                LOG.log(Level.ERROR, "Work that is due failed and is tried again in " + PAUSE, Undisclosed.of(e));
            }
        }
        return idle;
    }

    private boolean isStopping() {
        lock.lock();
        try {
            return stopping;
        } finally {
            lock.unlock();
        }
    }

    private boolean pause(Duration idle) {
        lock.lock();
        try {
            long left = idle.toNanos();
            while (!stopping && !woken && left > 0) {
                left = added.awaitNanos(left);
            }
            woken = false;
            return !stopping;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }
}
