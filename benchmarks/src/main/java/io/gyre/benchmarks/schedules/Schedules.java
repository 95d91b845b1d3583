package io.gyre.benchmarks.schedules;

import io.gyre.benchmarks.Bench;
import io.gyre.benchmarks.Benchmark;
import io.gyre.benchmarks.report.Findings;
import io.gyre.benchmarks.report.Median;
import io.gyre.benchmarks.report.Table;
import io.gyre.benchmarks.schedules.Timetable.Spent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** A few due schedules among ten thousand, and among a million. */
public final class Schedules implements Benchmark {
    private static final int FEW = 10_000;
    private static final int MANY = 1_000_000;
    private static final int DUE = 2_000;

    /** The statement that lets them come due is committed by then. */
    private static final Duration AHEAD = Duration.ofSeconds(10);

    private static final double GOAL_COST = 1.3;
    private static final double GOAL_HEAP = 0.05;

    private static final List<Contender> CONTENDERS =
            List.of(new GyrePolicies(), new DbSchedulerTasks(), new QuartzTriggers());

    @Override
    public String name() {
        return "schedules";
    }

    @Override
    public String question() {
        return "What do %,d due schedules cost among %,d, and among %,d?".formatted(DUE, FEW, MANY);
    }

    /**
     * A contender with so many schedules.
     *
     * @param server microseconds of the database server's processor time for one that came due; the median of the rounds
     * @param scheduler the same of the scheduler's process
     * @param looked microseconds of both for one that was looked at, and not begun; none where that was not done
     * @param heap MiB
     */
    private record Found(
            int schedules, Lateness lateness, double server, double scheduler, List<Double> looked, double heap) {
        double look() {
            return Median.of(looked);
        }
    }

    @Override
    public Findings measure(Bench bench) {
        int due = bench.amount(DUE);
        Findings findings = new Findings("Schedules");
        findings.says(
                ("%,d schedules are due at one instant, once among %,d and once among %,d. Each contender alone on a server of its"
                                + " own, started anew; %d rounds after one that is not counted, each with other schedules.")
                        .formatted(due, FEW, bench.amount(MANY), bench.rounds()));
        Table table = new Table(
                "",
                "schedules",
                "begun/s",
                "late, p50",
                "p99",
                "processor time for one: PostgreSQL",
                "the scheduler's JVM",
                "live heap");
        Table keeps = new Table("", "what is committed as one begins", "settings");
        for (Contender contender : CONTENDERS) {
            if (bench.only() != null && !Objects.equals(bench.only(), contender.name())) {
                continue;
            }
            Found few = found(bench, contender, FEW, due);
            Found many = found(bench, contender, bench.amount(MANY), due);
            row(table, contender, few);
            row(table, contender, many);
            keeps.row(contender.name(), contender.keeps(), contender.settings());
            if (contender instanceof GyrePolicies) {
                goals(findings, few, many);
            }
        }
        findings.table(table);
        findings.table(keeps);
        return findings;
    }

    private static void goals(Findings findings, Found few, Found many) {
        double cost = (many.server() + many.scheduler()) / (few.server() + few.scheduler());
        findings.goal(
                "a due secret among a million costs at most 1.3 times as much as among ten thousand",
                "%.2f times".formatted(cost),
                cost <= GOAL_COST);
        findings.says(
                ("To find one and put it off, since its key is disabled, takes %,.0f µs of both processes' time, and %,.0f µs among"
                                + " the more.")
                        .formatted(few.look(), many.look()));
        double heap = many.heap() / few.heap() - 1;
        findings.goal("the live heap grows by less than 5 %", "%.1f %%".formatted(heap * 100), heap < GOAL_HEAP);
    }

    private static Found found(Bench bench, Contender contender, int schedules, int due) {
        bench.tell("%s: making %,d schedules".formatted(contender.name(), schedules));
        Lateness lateness = new Lateness();
        List<Double> server = new ArrayList<>();
        List<Double> scheduler = new ArrayList<>();
        List<Double> looked = new ArrayList<>();
        try (Timetable timetable = contender.open(bench, schedules)) {
            timetable.comeDue(due, Instant.now().plus(AHEAD));
            for (int round = 1; round <= bench.rounds(); round++) {
                Spent before = timetable.spent();
                List<Double> millis = timetable.comeDue(due, Instant.now().plus(AHEAD));
                Spent spent = timetable.spent().since(before);
                lateness.add(millis);
                server.add(micros(spent.server(), due));
                scheduler.add(micros(spent.scheduler(), due));
                bench.tell("round %d: the last began %,.0f ms late".formatted(round, Median.highest(millis)));
            }
            for (int round = 1; round <= bench.rounds(); round++) {
                Spent before = timetable.spent();
                if (timetable.areLookedAt(due, Instant.now().plus(AHEAD))) {
                    Spent spent = timetable.spent().since(before);
                    looked.add(micros(spent.server().plus(spent.scheduler()), due));
                }
            }
            return new Found(
                    schedules,
                    lateness,
                    Median.of(server),
                    Median.of(scheduler),
                    List.copyOf(looked),
                    timetable.liveHeap());
        }
    }

    private static double micros(Duration spent, int due) {
        return spent.toNanos() / 1e3 / due;
    }

    private static void row(Table table, Contender contender, Found found) {
        table.row(
                contender.name(),
                "%,d".formatted(found.schedules()),
                "%,.0f".formatted(found.lateness().rate()),
                "%,.0f ms".formatted(found.lateness().median()),
                "%,.0f ms".formatted(found.lateness().tail()),
                "%,.0f µs".formatted(found.server()),
                "%,.0f µs".formatted(found.scheduler()),
                "%.1f MiB".formatted(found.heap()));
    }
}
