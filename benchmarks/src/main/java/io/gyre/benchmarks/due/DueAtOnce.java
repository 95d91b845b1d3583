package io.gyre.benchmarks.due;

import io.gyre.benchmarks.Bench;
import io.gyre.benchmarks.Benchmark;
import io.gyre.benchmarks.installation.FourSteps.Step;
import io.gyre.benchmarks.installation.FourSteps.Touch;
import io.gyre.benchmarks.installation.Installation;
import io.gyre.benchmarks.installation.Worker;
import io.gyre.benchmarks.report.Findings;
import io.gyre.benchmarks.report.Median;
import io.gyre.benchmarks.report.Table;
import io.gyre.benchmarks.server.Database;
import io.gyre.benchmarks.server.MeasuredPostgres;
import io.gyre.platform.PlatformException;
import io.gyre.platform.process.Poll;
import io.gyre.secret.SecretText;
import io.gyre.worker.machine.Credential;
import io.gyre.worker.machine.Effect;
import io.gyre.worker.machine.Happening.Done;
import io.gyre.worker.machine.Happening.Outcome;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** From the instant at which 10,000 secrets come due until each one's first effect begins. */
public final class DueAtOnce implements Benchmark {
    private static final int SECRETS = 10_000;
    private static final int TARGETS = 1_000;

    /** One target in so many never answers. */
    private static final int HUNG = 10;

    /** The requests are in the database before they come due. */
    private static final Duration AHEAD = Duration.ofSeconds(15);

    private static final Duration LONGEST = Duration.ofMinutes(5);

    private static final double GOAL_MILLIS = 2_000;

    @Override
    public String name() {
        return "due-at-once";
    }

    @Override
    public String question() {
        return "How long do 10,000 secrets that are due at one instant wait for their first effect, one target in ten hung?";
    }

    @Override
    public Findings measure(Bench bench) {
        List<Double> medians = new ArrayList<>();
        List<Double> tails = new ArrayList<>();
        int secrets = bench.amount(SECRETS);
        try (MeasuredPostgres server = MeasuredPostgres.start(bench)) {
            delays(server, secrets / 5);
            for (int round = 1; round <= bench.rounds(); round++) {
                List<Double> delays = delays(server, secrets);
                medians.add(Median.of(delays));
                tails.add(Median.quantile(delays, 0.99));
                bench.tell("round %d: p50 %.0f ms, p99 %.0f ms"
                        .formatted(round, medians.get(round - 1), tails.get(round - 1)));
            }
        }
        return findings(medians, tails, secrets, bench.rounds());
    }

    /** Milliseconds, of the healthy targets' rotations. */
    private static List<Double> delays(MeasuredPostgres server, int secrets) {
        Database database = server.freshDatabase();
        Installation installation = Installation.in(database, secrets, TARGETS);
        Queue<Instant> begun = new ConcurrentLinkedQueue<>();
        try (Worker worker = new Worker(installation, new SomeHung(begun)::perform)) {
            worker.start();
            Instant due = Instant.now().plus(AHEAD);
            installation.request(secrets, due);
            if (Instant.now().isAfter(due)) {
                throw new PlatformException(
                        "The requests took longer than expected: they were due before all were made.");
            }
            int healthy = secrets * (HUNG - 1) / HUNG;
            if (!Poll.until(LONGEST, () -> begun.size() >= healthy)) {
                throw new PlatformException("Only " + begun.size() + " of " + healthy
                        + " first effects at healthy targets began within " + LONGEST.toMinutes() + " minutes.");
            }
            return begun.stream()
                    .map(each -> Duration.between(due, each).toNanos() / 1e6)
                    .toList();
        } finally {
            server.drop(database);
        }
    }

    /** Targets of which some never answer, and the others at once. */
    private record SomeHung(Queue<Instant> begun) {
        Uni<Outcome> perform(Effect effect, Map<Credential, SecretText> credentials) {
            if (effect instanceof Touch touch && touch.target() % HUNG == 0) {
                return Uni.createFrom().nothing();
            }
            if (effect instanceof Touch touch && touch.step() == Step.FIRST) {
                begun.add(Instant.now());
            }
            return Uni.createFrom().item(Done.plain());
        }
    }

    private static Findings findings(List<Double> medians, List<Double> tails, int secrets, int rounds) {
        Findings findings = new Findings("Due to first effect");
        findings.says(
                ("%,d secrets at %,d targets are due at one instant; one target in %d never answers. One worker with its"
                                + " default limits, nobody but the sweep to find them. The delay is that from the instant to the begin"
                                + " of the first effect, of the healthy nine tenths, while their further effects and the time-outs of"
                                + " the hung ones go on; %d rounds.")
                        .formatted(secrets, TARGETS, HUNG, rounds));
        Table table = new Table("delay of healthy ones", "median of the rounds", "lowest", "highest");
        table.row("p50", millis(Median.of(medians)), millis(Median.lowest(medians)), millis(Median.highest(medians)));
        table.row("p99", millis(Median.of(tails)), millis(Median.lowest(tails)), millis(Median.highest(tails)));
        findings.table(table);
        double tail = Median.of(tails);
        findings.goal("p99 under 2 s for the healthy nine tenths", millis(tail), tail < GOAL_MILLIS);
        return findings;
    }

    private static String millis(double value) {
        return "%,.0f ms".formatted(value);
    }
}
