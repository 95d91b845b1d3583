package io.gyre.worker.simulation;

import io.gyre.worker.budget.Reservation;
import io.gyre.worker.machine.Calls;
import io.gyre.worker.machine.CloudProduct;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Counts the calls of each product in each second, as a cloud would, and believes no budget. */
final class CallCount {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final VirtualTime time;
    private final long most;
    private final Map<CloudProduct, Deque<Long>> calls = new TreeMap<>();

    /** A turn may be noticed somewhat late, so what came due within a second and that much more may meet in one. */
    CallCount(VirtualTime time, int rate, int burst) {
        this.time = time;
        this.most = burst
                + (long) Math.ceil(rate * SECOND.plus(Reservation.MISSED_AFTER).toMillis() / 1_000.0);
    }

    /** @return what is wrong; null for nothing */
    @Nullable
    String add(Calls sent) {
        Deque<Long> recent = calls.computeIfAbsent(sent.product(), product -> new ArrayDeque<>());
        for (int i = 0; i < sent.most(); i++) {
            recent.add(time.nanos());
        }
        while (!recent.isEmpty() && recent.getFirst() <= time.nanos() - SECOND.toNanos()) {
            recent.removeFirst();
        }
        return recent.size() <= most ? null : sent.product() + " " + recent.size() + " times instead of " + most;
    }
}
