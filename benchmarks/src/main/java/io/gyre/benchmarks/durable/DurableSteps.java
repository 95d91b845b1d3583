package io.gyre.benchmarks.durable;

import io.gyre.benchmarks.Bench;
import io.gyre.benchmarks.Benchmark;
import io.gyre.benchmarks.report.BarChart;
import io.gyre.benchmarks.report.Findings;
import io.gyre.benchmarks.report.Median;
import io.gyre.benchmarks.report.Table;
import io.gyre.benchmarks.server.Database;
import io.gyre.benchmarks.server.MeasuredPostgres;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** Durable four-step rotations per second with a target that answers at once, beside the peers. */
public final class DurableSteps implements Benchmark {
    /** Long enough that starting and ending weigh little: the fastest needs some seconds. */
    private static final int SAGAS = 10_000;

    /** The goal of the project, as a multiple of the best peer. */
    private static final double GOAL = 5;

    private final List<Contender> contenders =
            List.of(new GyreEngine(), new DbScheduler(), new DbosTransact(), new JobRunr());

    @Override
    public String name() {
        return "durable-steps";
    }

    @Override
    public String question() {
        return "How many durable four-step rotations per second, beside the libraries for durable work?";
    }

    @Override
    public Findings measure(Bench bench) {
        Map<Contender, List<Round>> rounds = new LinkedHashMap<>();
        List<Contender> taking = contenders.stream()
                .filter(each -> bench.only() == null || each.name().startsWith(bench.only()))
                .toList();
        int sagas = bench.amount(SAGAS);
        try (MeasuredPostgres server = MeasuredPostgres.start(bench)) {
            // As many as are counted later: the just-in-time compilers are done with all contenders alike.
            for (Contender each : taking) {
                bench.tell("warm-up: %-22s %8.0f a second"
                        .formatted(each.name(), measure(server, each, sagas).rate()));
            }
            for (int round = 1; round <= bench.rounds(); round++) {
                for (Contender each : taking) {
                    Round measured = measure(server, each, sagas);
                    rounds.computeIfAbsent(each, key -> new ArrayList<>()).add(measured);
                    bench.tell(
                            "round %d: %-22s %8.0f a second; a saga takes %4.0f µs of PostgreSQL, %4.0f µs of the JVM"
                                    .formatted(round, each.name(), measured.rate(), measured.server(), measured.own()));
                }
            }
        }
        return findings(rounds, sagas, bench.rounds());
    }

    /**
     * One measurement.
     *
     * @param rate sagas per second
     * @param server microseconds of a processor that PostgreSQL took for a saga
     * @param own microseconds of a processor that this JVM took for a saga
     */
    private record Round(double rate, double server, double own) {}

    private static double micros(Duration time) {
        return time.toNanos() / 1e3;
    }

    private static Duration ownProcessorTime() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    private static Round measure(MeasuredPostgres server, Contender contender, int sagas) {
        Database database = server.freshDatabase();
        try (Contender.Round round = contender.open(database, sagas)) {
            server.checkpoint();
            Duration serverBefore = server.processorTime();
            Duration ownBefore = ownProcessorTime();
            long begin = System.nanoTime();
            round.run();
            double seconds = (System.nanoTime() - begin) / 1e9;
            return new Round(
                    sagas / seconds,
                    micros(server.processorTime().minus(serverBefore)) / sagas,
                    micros(ownProcessorTime().minus(ownBefore)) / sagas);
        } finally {
            server.drop(database);
        }
    }

    private static double median(List<Round> rounds, ToDoubleFunction<Round> figure) {
        return Median.of(rounds.stream().mapToDouble(figure).boxed().toList());
    }

    private static Findings findings(Map<Contender, List<Round>> measured, int sagas, int rounds) {
        Map<String, Double> medians = new LinkedHashMap<>();
        measured.forEach((contender, all) -> medians.put(contender.name(), median(all, Round::rate)));
        double gyre = medians.getOrDefault("Gyre", 0.0);
        Table figures = new Table(
                "",
                "sagas/s, median",
                "lowest",
                "highest",
                "Gyre is faster by",
                "processor time of a saga: PostgreSQL",
                "the library's JVM");
        measured.forEach((contender, all) -> {
            double median = median(all, Round::rate);
            List<Double> rates = all.stream().map(Round::rate).toList();
            figures.row(
                    contender.name(),
                    "%,.0f".formatted(median),
                    "%,.0f".formatted(Median.lowest(rates)),
                    "%,.0f".formatted(Median.highest(rates)),
                    contender instanceof GyreEngine ? "" : "%.1f×".formatted(gyre / median),
                    "%.0f µs".formatted(median(all, Round::server)),
                    "%.0f µs".formatted(median(all, Round::own)));
        });
        Table how = new Table("", "what it commits for one saga", "settings");
        measured.keySet().forEach(each -> how.row(each.name(), each.keeps(), each.settings()));
        Optional<Double> best = medians.entrySet().stream()
                .filter(each -> !each.getKey().equals("Gyre"))
                .map(Map.Entry::getValue)
                .max(Double::compare);
        Findings findings = new Findings("Durable four-step rotations per second");
        findings.says(
                "%,d sagas of four steps, requested beforehand, from the start until the end of the last is committed; the steps do nothing. Each"
                                .formatted(sagas)
                        + " contender in a database of its own on the same server, %d rounds, the contenders taking turns after one that is not counted."
                                .formatted(rounds));
        findings.table(figures);
        best.ifPresent(rate -> findings.goal(
                "Gyre runs at least %.0f times as many as the best peer".formatted(GOAL),
                "%.1f times".formatted(gyre / rate),
                gyre / rate >= GOAL));
        findings.table(how);
        findings.says(
                "What the table does not show: db-scheduler keeps no history, DBOS keeps each step's outcome and JobRunr"
                        + " each job's states, for about as long as one likes; none of the three announces a step to anybody, where"
                        + " Gyre writes an outbox record for each. The relay that sends the outbox to Kafka is another process and does"
                        + " not run here; the whole rotation, with it, is measured by whole-rotation.");
        findings.chart(new BarChart("durable-steps", "Durable four-step sagas per second (median)", medians));
        return findings;
    }
}
