package io.gyre.worker.simulation;

import java.time.Duration;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * What is still to happen, and when. Time stands still while something happens and jumps to the next thing; of two
 * things at one instant the seed decides which comes first.
 */
final class VirtualTime {
    private final Dice dice;
    private final PriorityQueue<Event> ahead = new PriorityQueue<>();
    private long nanos;
    private long numbered;

    VirtualTime(Dice dice) {
        this.dice = dice;
    }

    /** Something that will happen, unless it is cancelled before. */
    static final class Event implements Comparable<Event> {
        private final long nanos;
        private final int tie;
        private final long number;
        private final Runnable task;
        private boolean over;

        private Event(long nanos, int tie, long number, Runnable task) {
            this.nanos = nanos;
            this.tie = tie;
            this.number = number;
            this.task = task;
        }

        /** @return whether it had not happened yet */
        boolean cancel() {
            boolean inTime = !over;
            over = true;
            return inTime;
        }

        boolean isOver() {
            return over;
        }

        long nanos() {
            return nanos;
        }

        @Override
        public int compareTo(Event other) {
            int byTime = Long.compare(nanos, other.nanos);
            int byTie = byTime == 0 ? Integer.compare(tie, other.tie) : byTime;
            return byTie == 0 ? Long.compare(number, other.number) : byTie;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return Long.hashCode(number);
        }
    }

    /** Since the beginning of the simulation. */
    long nanos() {
        return nanos;
    }

    Event after(Duration delay, Runnable task) {
        long at = nanos + Math.max(0, delay.toNanos());
        Event event = new Event(at, dice.anyNumber(), numbered++, task);
        ahead.add(event);
        return event;
    }

    /** Lets the next thing happen. @return false if nothing is left */
    boolean next() {
        Event event = ahead.poll();
        while (event != null && event.over) {
            event = ahead.poll();
        }
        if (event == null) {
            return false;
        }
        nanos = event.nanos;
        event.over = true;
        event.task.run();
        return true;
    }
}
