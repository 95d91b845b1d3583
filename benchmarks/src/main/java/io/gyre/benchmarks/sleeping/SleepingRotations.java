package io.gyre.benchmarks.sleeping;

import io.gyre.benchmarks.Bench;
import io.gyre.benchmarks.Benchmark;
import io.gyre.benchmarks.installation.Installation;
import io.gyre.benchmarks.installation.Worker;
import io.gyre.benchmarks.report.Findings;
import io.gyre.benchmarks.report.Median;
import io.gyre.benchmarks.report.Table;
import io.gyre.benchmarks.server.Database;
import io.gyre.benchmarks.server.MeasuredPostgres;
import io.gyre.platform.PlatformException;
import io.gyre.platform.process.Poll;
import io.smallrye.mutiny.Uni;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The heap of a worker's JVM and the cost of its sweep, without and with 100,000 rotations asleep. */
public final class SleepingRotations implements Benchmark {
    private static final int ROTATIONS = 100_000;

    private static final int A_FEW = 1_000;

    /** Enough for a median. */
    private static final int SWEEPS = 20;

    private static final Duration LONGEST = Duration.ofMinutes(2);

    private static final double GOAL = 0.05;

    @Override
    public String name() {
        return "sleeping-rotations";
    }

    @Override
    public String question() {
        return "What do 100,000 rotations cost a worker that are asleep in their 48 hours?";
    }

    /** What a worker costs at rest. */
    private record Rest(double heapMebibytes, List<Sweeps.Sweep> sweeps) {
        double millis() {
            return Median.of(sweeps.stream().map(Sweeps.Sweep::millis).toList());
        }

        double pages() {
            return Median.of(sweeps.stream().map(Sweeps.Sweep::pages).toList());
        }
    }

    @Override
    public Findings measure(Bench bench) {
        int rotations = bench.amount(ROTATIONS);
        try (MeasuredPostgres server = MeasuredPostgres.start(bench)) {
            Database database = server.freshDatabase();
            bench.tell("making %,d secrets".formatted(rotations));
            Installation installation = Installation.in(database, rotations, 1_000);
            Path log = server.explainInto(database);
            try (Worker worker = new Worker(
                    installation, (effect, credentials) -> Uni.createFrom().nothing())) {
                worker.start();
                Sweeps sweeps = new Sweeps(log);
                // Classes that are loaded and caches that are filled for the first time are no cost of sleeping ones.
                installation.sleep(A_FEW);
                rest(sweeps);
                Rest empty = rest(sweeps);
                bench.tell("with a thousand: heap %.2f MiB, a sweep %.2f ms"
                        .formatted(empty.heapMebibytes(), empty.millis()));
                bench.tell("putting %,d rotations to sleep".formatted(rotations));
                installation.sleep(rotations - A_FEW);
                Rest full = rest(sweeps);
                bench.tell("with all: heap %.2f MiB, a sweep %.2f ms".formatted(full.heapMebibytes(), full.millis()));
                return findings(rotations, empty, full);
            }
        }
    }

    private static Rest rest(Sweeps sweeps) {
        sweeps.forget();
        if (!Poll.until(LONGEST, () -> sweeps.seen().size() >= SWEEPS)) {
            throw new PlatformException(
                    "The worker's sweep was not seen in the server's log within " + LONGEST.toMinutes() + " minutes.");
        }
        return new Rest(liveHeap(), sweeps.seen());
    }

    /** After collections: what is referenced, and nothing else. */
    private static double liveHeap() {
        for (int i = 0; i < 5; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / (1024.0 * 1024);
    }

    private static Findings findings(int rotations, Rest empty, Rest full) {
        double growth = full.heapMebibytes() / empty.heapMebibytes() - 1;
        Findings findings = new Findings("%,d rotations asleep".formatted(rotations));
        findings.says(
                "A worker's engine in a JVM of its own, first with a thousand, then with %,d rotations in their overlap. The"
                                .formatted(rotations)
                        + " heap is what is left after a full collection. The sweep is the worker's own statement (claimDue), every"
                        + " 250 ms, as PostgreSQL's auto_explain tells its time and the pages that it read: medians.");
        Table table = new Table("", "1,000", "%,d".formatted(rotations));
        table.row("live heap", mebibytes(empty), mebibytes(full));
        table.row("a sweep takes", "%.3f ms".formatted(empty.millis()), "%.3f ms".formatted(full.millis()));
        table.row("pages that a sweep reads", "%.0f".formatted(empty.pages()), "%.0f".formatted(full.pages()));
        findings.table(table);
        findings.goal("the live heap grows by less than 5 %", "%.1f %%".formatted(growth * 100), growth < GOAL);
        return findings;
    }

    private static String mebibytes(Rest rest) {
        return "%.2f MiB".formatted(rest.heapMebibytes());
    }
}
