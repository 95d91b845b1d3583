package io.gyre.platform.testing;

import io.gyre.metrics.Label;
import io.gyre.metrics.Meter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a process answered Prometheus. */
public final class Scrape {
    private static final Pattern SERIES = Pattern.compile("(?m)^([a-z][a-zA-Z0-9_]*)(?:\\{([^}]*)})? (\\S+)$");
    private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"([^\"]*)\"");
    private static final Pattern OF_HISTOGRAM = Pattern.compile("(gyre_.*_seconds)_(?:bucket|count|sum|max)");

    private final List<Series> all;

    private record Series(String name, Map<String, String> labels, double value) {}

    public Scrape(String text) {
        this.all = SERIES.matcher(text).results().map(Scrape::series).toList();
    }

    private static Series series(MatchResult found) {
        String labels = Optional.ofNullable(found.group(2)).orElse("");
        return new Series(
                found.group(1),
                LABEL.matcher(labels)
                        .results()
                        .collect(Collectors.toMap(label -> label.group(1), label -> label.group(2))),
                Double.parseDouble(found.group(3)));
    }

    /** The series' value; empty where there is none. Labels are given as name, value, name, value. */
    public Optional<Double> value(String name, String... labels) {
        return all.stream()
                .filter(series -> series.name().equals(name))
                .filter(series -> {
                    for (int i = 0; i < labels.length; i += 2) {
                        if (!labels[i + 1].equals(series.labels().get(labels[i]))) {
                            return false;
                        }
                    }
                    return true;
                })
                .map(Series::value)
                .findFirst();
    }

    /** The families that there are, of Gyre's own. */
    public Set<String> families() {
        return all.stream()
                .map(Series::name)
                .filter(name -> name.startsWith("gyre_"))
                .map(Scrape::family)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** What is no metric of such a service, or has other labels than its declaration: empty. */
    public Set<String> undeclared(Meter.Service service) {
        Set<String> undeclared = new TreeSet<>();
        for (Series series : all) {
            boolean ofTheJvm = series.name().matches("(?:jvm|process|system)_.*");
            if (!ofTheJvm && Arrays.stream(Meter.values()).noneMatch(meter -> isOf(meter, service, series))) {
                undeclared.add(series.name() + series.labels());
            }
        }
        return undeclared;
    }

    private static boolean isOf(Meter meter, Meter.Service service, Series series) {
        Set<String> labels = new TreeSet<>(series.labels().keySet());
        labels.remove("le");
        return meter.services().contains(service)
                && meter.family().equals(family(series.name()))
                && labels.equals(meter.labels().stream().map(Label::label).collect(Collectors.toSet()));
    }

    private static String family(String series) {
        Matcher histogram = OF_HISTOGRAM.matcher(series);
        return histogram.matches() ? histogram.group(1) : series;
    }
}
