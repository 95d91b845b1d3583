package io.gyre.rotation.picture;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;

/**
 * Where a moment lies between the left (0) and the right (1). Seconds of work and days of waiting stand in one picture, so what
 * follows each other has a least distance, and the rest of the width is shared by time.
 */
public final class TimeScale {
    private final TreeMap<Instant, Double> places = new TreeMap<>();

    /**
     * @param moments in their order, at least two
     * @param least between two of them, as a share of the whole; as many as do not fit get equal shares
     */
    public TimeScale(List<Instant> moments, double least) {
        int steps = moments.size() - 1;
        double each = Math.min(least, 1.0 / steps);
        double shared = 1 - each * steps;
        Instant from = moments.get(0);
        double whole = Math.max(1, Duration.between(from, moments.get(steps)).toMillis());
        for (int i = 0; i <= steps; i++) {
            double share = Duration.between(from, moments.get(i)).toMillis() / whole;
            places.put(moments.get(i), each * i + shared * share);
        }
    }

    /** A moment of those between two others lies between them; one outside lies at the edge. */
    public double at(Instant moment) {
        var before = places.floorEntry(moment);
        var after = places.ceilingEntry(moment);
        if (before == null || after == null) {
            return before == null ? 0 : 1;
        }
        double span = Duration.between(before.getKey(), after.getKey()).toMillis();
        double part = span == 0 ? 0 : Duration.between(before.getKey(), moment).toMillis() / span;
        return before.getValue() + part * (after.getValue() - before.getValue());
    }
}
