package io.gyre.benchmarks.platform;

import io.gyre.benchmarks.Bench;
import io.gyre.benchmarks.Benchmark;
import io.gyre.benchmarks.report.Findings;
import io.gyre.benchmarks.report.Median;
import io.gyre.benchmarks.report.Table;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** From the acceptance of RotateSecret until the worker begins the first effect, through Kafka, while nothing else runs. */
public final class FirstEffect implements Benchmark {
    /** Enough for the processes' compilers to have seen every line of the path. */
    private static final int WARM_UP = 30;

    /** Each of them is rotated once: in its overlap a rotation only sleeps, so the next one meets an idle system. */
    private static final int SECRETS = 120;

    private static final Duration LONGEST = Duration.ofMinutes(1);

    private static final double GOAL_MILLIS = 50;

    @Override
    public String name() {
        return "first-effect";
    }

    @Override
    public String question() {
        return "How long is it from an accepted request to the first effect, on an idle system?";
    }

    @Override
    public Findings measure(Bench bench) {
        List<Double> begun = new ArrayList<>();
        List<Double> answered = new ArrayList<>();
        int secrets = WARM_UP + bench.amount(SECRETS);
        try (MeasuredPlatform platform = MeasuredPlatform.start(bench)) {
            bench.tell("making %d RAM users with a secret each".formatted(secrets));
            List<String> names = new ArrayList<>();
            for (int n = 0; n < secrets; n++) {
                names.add(platform.ramSecret("user-" + n));
            }
            try (News news = new News(platform.facts().bootstrapServers())) {
                for (int n = 0; n < secrets; n++) {
                    List<News.Entry> timeline = rotate(platform, names.get(n), news, n + 1);
                    if (n >= WARM_UP) {
                        begun.add(millis(timeline.get(0), timeline.get(1)));
                        answered.add(millis(timeline.get(0), timeline.get(2)));
                    }
                    if ((n + 1) % WARM_UP == 0) {
                        bench.tell(
                                "%d of %d%s".formatted(n + 1, secrets, n < WARM_UP ? " (warm-up, not counted)" : ""));
                    }
                }
            }
        }
        return findings(begun, answered);
    }

    /** @return the timeline of the rotation, which is the how many-eth one */
    private static List<News.Entry> rotate(MeasuredPlatform platform, String secret, News news, int count) {
        MeasuredPlatform.answer(
                platform.kms("RotateSecret", Map.of("SecretName", secret, "VersionId", "v2", "RotationWindow", "48h")));
        return news.latest(count, LONGEST, "OVERLAP");
    }

    private static double millis(News.Entry from, News.Entry to) {
        return Duration.between(from.committed(), to.committed()).toNanos() / 1e6;
    }

    private static Findings findings(List<Double> begun, List<Double> answered) {
        Findings findings = new Findings("Request accepted to first effect, idle");
        findings.says(
                "%,d times RotateSecret of a RAM secret, one after the other: API, outbox, relay, Kafka, worker. Counted from"
                                .formatted(begun.size())
                        + " the request's own transaction to the worker's commit of the first effect's intent, after which the effect"
                        + " begins at once; and to the commit of that effect's outcome, which holds the whole call to the RAM API: the"
                        + " first effect begins between the two.");
        Table table = new Table("", "p50", "p99");
        table.row("first effect's intent committed", at(begun, 0.5), at(begun, 0.99));
        table.row("first effect's outcome committed", at(answered, 0.5), at(answered, 0.99));
        findings.table(table);
        double tail = Median.quantile(begun, 0.99);
        findings.goal("p99 under 50 ms", at(begun, 0.99), tail < GOAL_MILLIS);
        return findings;
    }

    private static String at(List<Double> figures, double part) {
        return "%.1f ms".formatted(Median.quantile(figures, part));
    }
}
