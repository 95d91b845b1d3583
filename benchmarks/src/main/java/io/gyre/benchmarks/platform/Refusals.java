package io.gyre.benchmarks.platform;

import io.gyre.benchmarks.Bench;
import io.gyre.benchmarks.Benchmark;
import io.gyre.benchmarks.report.Findings;
import io.gyre.benchmarks.report.Median;
import io.gyre.benchmarks.report.Table;
import io.gyre.platform.PlatformException;
import io.gyre.rpc.RpcFault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** What it costs to refuse RotateSecret while the secret is being rotated, to 200 callers at once. */
public final class Refusals implements Benchmark {
    private static final int CALLERS = 200;

    /** So often each caller tries. */
    private static final int TRIES = 20;

    private static final Duration LONGEST = Duration.ofMinutes(1);

    private static final String SENTENCE = "Your secret is being rotated, please try again later";

    @Override
    public String name() {
        return "refusals";
    }

    @Override
    public String question() {
        return "What does a refusal cost under 200 concurrent RotateSecret attempts on one secret?";
    }

    @Override
    public Findings measure(Bench bench) {
        try (MeasuredPlatform platform = MeasuredPlatform.start(bench)) {
            String secret = platform.ramSecret("refused");
            try (News news = new News(platform.facts().bootstrapServers())) {
                MeasuredPlatform.answer(platform.kms(
                        "RotateSecret", Map.of("SecretName", secret, "VersionId", "v2", "RotationWindow", "48h")));
                // In its overlap the rotation only waits, and every attempt is refused.
                var unused = news.until(1, LONGEST, "OVERLAP");
            }
            round(platform, secret, 5);
            List<Double> latencies = new ArrayList<>();
            long begin = System.nanoTime();
            int tries = bench.amount(TRIES);
            latencies.addAll(round(platform, secret, tries));
            double seconds = (System.nanoTime() - begin) / 1e9;
            bench.tell("%,.0f refusals a second".formatted(latencies.size() / seconds));
            return findings(latencies, latencies.size() / seconds);
        }
    }

    /** @return milliseconds of each refusal */
    private static List<Double> round(MeasuredPlatform platform, String secret, int tries) {
        List<CompletableFuture<List<Double>>> callers = new ArrayList<>();
        for (int caller = 0; caller < CALLERS; caller++) {
            callers.add(attempts(platform, secret, "c" + caller, tries, new ArrayList<>()));
        }
        return callers.stream().flatMap(each -> each.join().stream()).toList();
    }

    private static CompletableFuture<List<Double>> attempts(
            MeasuredPlatform platform, String secret, String version, int tries, List<Double> latencies) {
        if (tries == 0) {
            return CompletableFuture.completedFuture(latencies);
        }
        long begin = System.nanoTime();
        return platform.kms("RotateSecret", Map.of("SecretName", secret, "VersionId", version))
                .onItemOrFailure()
                .invoke((answer, failure) -> {
                    if (!(failure instanceof RpcFault fault)
                            || !String.valueOf(fault.getMessage()).contains(SENTENCE)) {
                        throw new PlatformException(
                                "A RotateSecret was not refused as it should be, but: "
                                        + (failure == null
                                                ? "accepted"
                                                : failure.getMessage() + " (" + failure.getCause() + ")")
                                        + ".",
                                failure);
                    }
                    latencies.add((System.nanoTime() - begin) / 1e6);
                })
                .onFailure(RpcFault.class)
                .recoverWithNull()
                .subscribeAsCompletionStage()
                .thenCompose(refused -> attempts(platform, secret, version, tries - 1, latencies));
    }

    private static Findings findings(List<Double> latencies, double rate) {
        Findings findings = new Findings("A refusal under 200 concurrent attempts");
        findings.says(
                "%d callers try RotateSecret on one secret whose rotation is in its overlap, over 64 connections; each of %,d attempts is"
                                .formatted(CALLERS, latencies.size())
                        + " signed, checked and refused with \"" + SENTENCE
                        + "\". The callers share the machine with Gyre.");
        Table table = new Table("refusals/s", "p50", "p99");
        table.row(
                "%,.0f".formatted(rate),
                "%.0f ms".formatted(Median.of(latencies)),
                "%.0f ms".formatted(Median.quantile(latencies, 0.99)));
        findings.table(table);
        findings.says("With %d at once, a refusal costs the machine %.2f ms of its time, callers included."
                .formatted(CALLERS, 1000 / rate));
        return findings;
    }
}
