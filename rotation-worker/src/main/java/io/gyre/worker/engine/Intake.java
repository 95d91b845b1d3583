package io.gyre.worker.engine;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.UUID;

/**
 * The rotations that Kafka told of and that are not claimed yet, each once. It has a limit: what does not fit is dropped,
 * since the sweep finds it in the store.
 */
final class Intake {
    /** A few seconds' worth of claims; beyond that the sweep is as fast. */
    private static final int LIMIT = 10_000;

    private final LinkedHashSet<UUID> waiting = new LinkedHashSet<>();

    synchronized void add(UUID rotation) {
        if (waiting.size() < LIMIT) {
            waiting.add(rotation);
        }
    }

    /** Takes the oldest, at most so many. */
    synchronized List<UUID> take(int limit) {
        List<UUID> taken = new ArrayList<>(Math.min(limit, waiting.size()));
        var each = waiting.iterator();
        while (taken.size() < limit && each.hasNext()) {
            taken.add(each.next());
            each.remove();
        }
        return taken;
    }

    synchronized boolean isEmpty() {
        return waiting.isEmpty();
    }
}
