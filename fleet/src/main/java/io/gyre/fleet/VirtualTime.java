package io.gyre.fleet;

import io.gyre.worker.engine.Ticks;
import java.time.Duration;
import java.time.Instant;
import java.util.PriorityQueue;

/** Time that passes from one event to the next. What is to happen at one instant happens in the order in which it was asked for. */
final class VirtualTime implements Ticks {
    private record Event(long at, long order, Runnable what) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            int byTime = Long.compare(at, other.at);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }

    private final Instant begin;
    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private long nanos;
    private long order;

    VirtualTime(Instant begin) {
        this.begin = begin;
    }

    @Override
    public long nanos() {
        return nanos;
    }

    Instant now() {
        return begin.plusNanos(nanos);
    }

    @Override
    public void after(Duration delay, Runnable task) {
        events.add(new Event(nanos + Math.max(0, delay.toNanos()), order++, task));
    }

    /** What was to happen before happens now. */
    void at(Instant moment, Runnable task) {
        after(Duration.between(now(), moment), task);
    }

    /** Lets everything happen that is to happen before then. */
    void passUntil(Instant end) {
        long last = Duration.between(begin, end).toNanos();
        while (!events.isEmpty() && events.peek().at() < last) {
            Event next = events.remove();
            nanos = next.at();
            next.what().run();
        }
        nanos = last;
    }
}
