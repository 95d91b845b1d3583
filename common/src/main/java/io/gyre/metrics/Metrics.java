package io.gyre.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Measures. A measurement is a look into a map and an addition, on any thread; it never fails. Label values are given in the
 * order in which {@link Meter} declares the labels.
 */
public final class Metrics {
    private final MeterRegistry registry;
    private final Map<Meter, Map<List<String>, Counter>> counters = new EnumMap<>(Meter.class);
    /** The registry holds them weakly. */
    private final List<Supplier<Number>> counts = new CopyOnWriteArrayList<>();

    private final Map<Meter, Map<List<String>, Timer>> timers = new EnumMap<>(Meter.class);

    public Metrics(MeterRegistry registry) {
        this.registry = registry;
        for (Meter meter : Meter.values()) {
            counters.put(meter, new ConcurrentHashMap<>());
            timers.put(meter, new ConcurrentHashMap<>());
        }
    }

    /** Of a clock that never runs backwards; only differences mean anything. */
    public long nanos() {
        return registry.config().clock().monotonicTime();
    }

    public void count(Meter meter, String... values) {
        counter(meter, values).increment();
    }

    /** Shows 0 until something is counted: of a counter that comes about with its first event, Prometheus sees no increase then. */
    public void beginsAtZero(Meter meter, String... values) {
        var unused = counter(meter, values);
    }

    private Counter counter(Meter meter, String... values) {
        return of(counters, meter).computeIfAbsent(List.of(values), labels -> Counter.builder(meter.dotted())
                .description(meter.help())
                .tags(tags(meter, labels))
                .register(registry));
    }

    /** It took from then until now. */
    public void took(Meter meter, long since, String... values) {
        record(meter, nanos() - since, values);
    }

    /** It took so long; what is said to have taken less than nothing took nothing. */
    public void lasted(Meter meter, Duration time, String... values) {
        record(meter, Math.max(0, time.toNanos()), values);
    }

    private void record(Meter meter, long nanos, String... values) {
        of(timers, meter)
                .computeIfAbsent(List.of(values), labels -> timer(meter, labels))
                .record(nanos, TimeUnit.NANOSECONDS);
    }

    private Timer timer(Meter meter, List<String> labels) {
        return Timer.builder(meter.dotted())
                .description(meter.help())
                .serviceLevelObjectives(meter.kind().buckets().toArray(Duration[]::new))
                .tags(tags(meter, labels))
                .register(registry);
    }

    /** Shows a number that is asked for when Prometheus asks; it has to be there at once. */
    public void shows(Meter meter, Supplier<Number> value, String... values) {
        Gauge.Builder<Supplier<Number>> gauge =
                Gauge.builder(meter.dotted(), value).description(meter.help()).tags(tags(meter, List.of(values)));
        if (meter.kind() == Meter.Kind.SECONDS) {
            gauge.baseUnit("seconds");
        }
        gauge.register(registry);
    }

    /** Shows a count that somebody keeps already; it has to be there at once, and never falls. */
    public void showsCount(Meter meter, Supplier<Number> count, String... values) {
        counts.add(count);
        FunctionCounter.builder(meter.dotted(), count, from -> from.get().doubleValue())
                .description(meter.help())
                .tags(tags(meter, List.of(values)))
                .register(registry);
    }

    private static List<Tag> tags(Meter meter, List<String> values) {
        List<Label> labels = meter.labels();
        if (labels.size() != values.size()) {
            throw new IllegalArgumentException(
                    meter + " is split by " + labels + ", and not by as many as " + values + ".");
        }
        List<Tag> tags = new ArrayList<>(labels.size());
        for (int i = 0; i < labels.size(); i++) {
            tags.add(Tag.of(labels.get(i).label(), values.get(i)));
        }
        return tags;
    }

    private static <T> Map<List<String>, T> of(Map<Meter, Map<List<String>, T>> all, Meter meter) {
        Map<List<String>, T> known = all.get(meter);
        if (known == null) {
            throw new IllegalStateException("No place was made for " + meter + ".");
        }
        return known;
    }
}
