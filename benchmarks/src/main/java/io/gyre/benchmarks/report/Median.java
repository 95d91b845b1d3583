package io.gyre.benchmarks.report;

import java.util.List;

/** Order statistics of a few, or many, figures; none of an empty list. */
public final class Median {
    private Median() {}

    /** The middle one; of an even number, the higher of the two. */
    public static double of(List<Double> figures) {
        return quantile(figures, 0.5);
    }

    /** The least. */
    public static double lowest(List<Double> figures) {
        return figures.stream().min(Double::compare).orElseThrow();
    }

    /** The greatest. */
    public static double highest(List<Double> figures) {
        return figures.stream().max(Double::compare).orElseThrow();
    }

    /** The figure that the given part of all do not exceed, for example 0.99. */
    public static double quantile(List<Double> figures, double part) {
        if (figures.isEmpty()) {
            throw new IllegalArgumentException("no figures");
        }
        List<Double> sorted = figures.stream().sorted().toList();
        int index = (int) Math.ceil(part * sorted.size()) - 1;
        return sorted.get(Math.max(0, Math.min(sorted.size() - 1, part == 0.5 ? sorted.size() / 2 : index)));
    }
}
