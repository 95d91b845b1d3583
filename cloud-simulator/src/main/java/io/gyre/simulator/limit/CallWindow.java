package io.gyre.simulator.limit;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** The calls of one second, whenever that second begins. Not safe for use by several threads. */
final class CallWindow {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final Deque<Long> calls = new ArrayDeque<>();
    private int most;

    /** @param nanos of a clock that never goes back */
    void add(long nanos) {
        calls.add(nanos);
        most = Math.max(most, at(nanos));
    }

    /** How many there were in the second that ends now. */
    int at(long nanos) {
        while (!calls.isEmpty() && nanos - calls.getFirst() >= SECOND) {
            calls.removeFirst();
        }
        return calls.size();
    }

    /** The most that there were in any second. */
    int most() {
        return most;
    }
}
