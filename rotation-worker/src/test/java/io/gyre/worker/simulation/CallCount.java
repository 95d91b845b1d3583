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

    /**
     * A turn may be noticed somewhat late, so what came due within a second and that much more may meet in one.
     *
     * @param every how long it takes until there is one more call
     */
    CallCount(VirtualTime time, Duration every, int burst) {
        this.time = time;
        double millis = SECOND.plus(Reservation.MISSED_AFTER).toMillis();
        this.most = burst + (long) Math.ceil(millis / every.toMillis());
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
