package io.gyre.worker.simulation;

import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What a simulation, or many of them, met: one that meets nothing proves nothing. */
final class Coverage {
    private final Map<Faults.Kind, Long> struck = new EnumMap<>(Faults.Kind.class);
    private final Set<String> phases = new TreeSet<>();
    private long commitsRefused;
    private long sentAway;
    private long toldOfThrottling;
    private long givenBack;

    void struck(Faults.Kind kind) {
        struck.merge(kind, 1L, Long::sum);
    }

    void reached(String type, String phase) {
        phases.add(type + " " + phase);
    }

    /** An effect was not begun, since its product may not be called so often. */
    void sentAway() {
        sentAway++;
    }

    void toldOfThrottling() {
        toldOfThrottling++;
    }

    /** A worker went on after its lease, and the fence caught it. */
    void commitRefused() {
        commitsRefused++;
    }

    /** A worker that was to end let go of what it had in hand. */
    void gaveBack() {
        givenBack++;
    }

    void add(Coverage other) {
        other.struck.forEach((kind, times) -> struck.merge(kind, times, Long::sum));
        phases.addAll(other.phases);
        commitsRefused += other.commitsRefused;
        sentAway += other.sentAway;
        toldOfThrottling += other.toldOfThrottling;
        givenBack += other.givenBack;
    }

    Map<Faults.Kind, Long> struck() {
        return struck;
    }

    Set<String> phases() {
        return phases;
    }

    long timesSentAway() {
        return sentAway;
    }

    long timesToldOfThrottling() {
        return toldOfThrottling;
    }

    long timesGivenBack() {
        return givenBack;
    }

    long commitsRefused() {
        return commitsRefused;
    }
}
