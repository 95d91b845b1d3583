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
    private static final int INSTANCES = 10;
    private static final int SECRETS_EACH = 2;

    private static final Duration LONGEST = Duration.ofMinutes(2);

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
        try (MeasuredPlatform platform = MeasuredPlatform.start(bench)) {
            List<String> secrets = platform.rdsSecrets(INSTANCES, SECRETS_EACH);
            int rounds = bench.quick() ? 2 : 6;
            for (int round = 0; round < rounds; round++) {
                for (String secret : secrets) {
                    List<News.Entry> timeline = rotate(platform, secret, "f" + round);
                    // The first round warms up the processes' compilers.
                    if (round > 0) {
                        begun.add(millis(timeline.get(0), timeline.get(1)));
                        answered.add(millis(timeline.get(0), timeline.get(2)));
                    }
                }
                bench.tell(
                        "round %d of %d%s".formatted(round + 1, rounds, round == 0 ? " (warm-up, not counted)" : ""));
            }
        }
        return findings(begun, answered);
    }

    private static List<News.Entry> rotate(MeasuredPlatform platform, String secret, String version) {
        try (News news = new News(platform.facts().bootstrapServers())) {
            MeasuredPlatform.answer(platform.kms("RotateSecret", Map.of("SecretName", secret, "VersionId", version)));
            return news.until(1, LONGEST, "").values().iterator().next();
        }
    }

    private static double millis(News.Entry from, News.Entry to) {
        return Duration.between(from.committed(), to.committed()).toNanos() / 1e6;
    }

    private static Findings findings(List<Double> begun, List<Double> answered) {
        Findings findings = new Findings("Request accepted to first effect, idle");
        findings.says(
                "%,d times RotateSecret of an RDS secret, one after the other: API, outbox, relay, Kafka, worker. Counted from"
                                .formatted(begun.size())
                        + " the request's own transaction to the worker's commit of the first effect's intent, after which the effect"
                        + " begins at once; and to the commit of that effect's outcome, which holds the whole call to the RDS API: the"
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
