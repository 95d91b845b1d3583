package io.gyre.worker.engine;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What this worker has in hand, and so how much more it may take. Three limits keep a hung target from holding back the
 * others: a target has a number of rotations in hand of its own; a rotation whose effect is out for longer than a second
 * no longer counts as work in hand, since it costs nothing but memory; and those have a limit, too. Safe for use by
 * several threads.
 */
final class Hands {
    private final EngineSettings settings;
    private final Ticks ticks;
    private final Set<Held> held = new HashSet<>();
    private final Map<String, Integer> perTarget = new HashMap<>();

    Hands(EngineSettings settings, Ticks ticks) {
        this.settings = settings;
        this.ticks = ticks;
    }

    /** A rotation in hand. */
    final class Held {
        private final String targetKey;
        private volatile boolean waits;
        private volatile long since;

        private Held(String targetKey) {
            this.targetKey = targetKey;
        }

        /** Its effect has gone out. */
        void waits() {
            since = ticks.nanos();
            waits = true;
        }

        /** The effect's outcome is here. */
        void goesOn() {
            waits = false;
        }

        private boolean isSlow(long now) {
            return waits && now - since > settings.slowAfter().toNanos();
        }
    }

    synchronized Held take(String targetKey) {
        Held one = new Held(targetKey);
        held.add(one);
        perTarget.merge(targetKey, 1, Integer::sum);
        return one;
    }

    synchronized void letGo(Held one) {
        if (held.remove(one)) {
            perTarget.computeIfPresent(one.targetKey, (key, count) -> count == 1 ? null : count - 1);
        }
    }

    synchronized int count() {
        return held.size();
    }

    /** How many more rotations may be taken. */
    synchronized int room() {
        int most = settings.inFlight() + settings.slow();
        if (held.size() < settings.inFlight()) {
            return settings.inFlight() - held.size();
        }
        long now = ticks.nanos();
        int slow = (int) held.stream().filter(each -> each.isSlow(now)).count();
        return Math.min(settings.inFlight() - (held.size() - slow), most - held.size());
    }

    /** The targets that have as many rotations in hand as they may. */
    synchronized Set<String> busyTargets() {
        Set<String> busy = new HashSet<>();
        perTarget.forEach((target, count) -> {
            if (count >= settings.perTarget()) {
                busy.add(target);
            }
        });
        return busy;
    }
}
