package io.gyre.benchmarks.platform;

import io.gyre.benchmarks.Bench;
import io.gyre.benchmarks.Benchmark;
import io.gyre.benchmarks.report.BarChart;
import io.gyre.benchmarks.report.Findings;
import io.gyre.benchmarks.report.Median;
import io.gyre.benchmarks.report.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** RDS rotations from the API call to the last event, by all processes, and where their time goes. */
public final class WholeRotations implements Benchmark {
    private static final int INSTANCES = 10;
    private static final int SECRETS_EACH = 10;

    private static final Duration LONGEST = Duration.ofMinutes(5);

    @Override
    public String name() {
        return "whole-rotation";
    }

    @Override
    public String question() {
        return "How many whole RDS rotations per second, and where does their time go?";
    }

    @Override
    public Findings measure(Bench bench) {
        List<Double> rates = new ArrayList<>();
        List<Double> durations = new ArrayList<>();
        Map<String, Double> phases = new LinkedHashMap<>();
        int each = bench.amount(SECRETS_EACH);
        try (MeasuredPlatform platform = MeasuredPlatform.start(bench)) {
            bench.tell("making %d instances with %d secrets each".formatted(INSTANCES, each));
            List<String> secrets = platform.rdsSecrets(INSTANCES, each);
            for (int round = 1; round <= bench.rounds(); round++) {
                try (News news = new News(platform.facts().bootstrapServers())) {
                    Instant begin = Instant.now();
                    rotateAll(platform, secrets, "r" + round);
                    Map<String, List<News.Entry>> timelines = news.until(secrets.size(), LONGEST, "");
                    double seconds = Duration.between(begin, Instant.now()).toNanos() / 1e9;
                    rates.add(secrets.size() / seconds);
                    timelines.values().forEach(timeline -> add(timeline, phases, durations));
                    bench.tell("round %d: %.1f rotations a second".formatted(round, secrets.size() / seconds));
                }
            }
            return findings(rates, durations, phases, secrets.size(), bench.rounds());
        }
    }

    private static void rotateAll(MeasuredPlatform platform, List<String> secrets, String version) {
        secrets.stream()
                .map(secret -> platform.kms("RotateSecret", Map.of("SecretName", secret, "VersionId", version))
                        .subscribeAsCompletionStage())
                .toList()
                .forEach(call -> call.join());
    }

    /** The time in a phase is that until the next entry was committed. */
    private static void add(List<News.Entry> timeline, Map<String, Double> phases, List<Double> durations) {
        for (int i = 0; i + 1 < timeline.size(); i++) {
            phases.merge(
                    timeline.get(i).phase(),
                    seconds(timeline.get(i), timeline.get(i + 1).committed()),
                    Double::sum);
        }
        News.Entry last = timeline.get(timeline.size() - 1);
        phases.merge("event on its way", seconds(last, last.heard()), Double::sum);
        durations.add(seconds(timeline.get(0), last.heard()));
    }

    private static double seconds(News.Entry from, Instant until) {
        return Duration.between(from.committed(), until).toNanos() / 1e9;
    }

    private static Findings findings(
            List<Double> rates, List<Double> durations, Map<String, Double> phases, int secrets, int rounds) {
        Findings findings = new Findings("Whole RDS rotations");
        findings.says(
                "%d secrets with two accounts each on %d simulated RDS instances, all rotated at once by RotateSecret: API,"
                                .formatted(secrets, INSTANCES)
                        + " PostgreSQL, Kafka, two workers, the RDS API, real PostgreSQL logins, and the last event back from Kafka; %d rounds on one machine with all eight processes."
                                .formatted(rounds)
                        + " The simulated RDS takes its time for a password, as the real one does: that is most of SETTLE.");
        Table table = new Table("", "median", "lowest", "highest");
        table.row("rotations/s", one(Median.of(rates)), one(Median.lowest(rates)), one(Median.highest(rates)));
        table.row(
                "request to last event",
                second(Median.of(durations)),
                second(Median.lowest(durations)),
                second(Median.highest(durations)));
        findings.table(table);
        double all = phases.values().stream().mapToDouble(each -> each).sum();
        Table shares = new Table("phase", "share of the time", "mean");
        Map<String, Double> percent = new LinkedHashMap<>();
        phases.forEach((phase, sum) -> {
            percent.put(phase, 100 * sum / all);
            shares.row(phase, "%.1f %%".formatted(100 * sum / all), second(sum / durations.size()));
        });
        findings.table(shares);
        findings.chart(new BarChart("whole-rotation", "Where a whole RDS rotation's time goes (%)", percent));
        return findings;
    }

    private static String one(double value) {
        return "%.1f".formatted(value);
    }

    private static String second(double value) {
        return "%.3f s".formatted(value);
    }
}
