package io.gyre.benchmarks.reads;

import io.gyre.benchmarks.Bench;
import io.gyre.benchmarks.Benchmark;
import io.gyre.benchmarks.platform.MeasuredPlatform;
import io.gyre.benchmarks.report.Findings;
import io.gyre.benchmarks.report.Median;
import io.gyre.benchmarks.report.Table;
import io.gyre.metrics.Meter;
import io.gyre.metrics.Metrics;
import io.gyre.platform.AccessKeyFile;
import io.gyre.platform.PlatformException;
import io.gyre.platform.process.LoopbackPort;
import io.gyre.rpc.RpcCredentials;
import io.micrometer.prometheus.PrometheusConfig;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** What it costs a read of a secret that it is measured and traced. */
public final class ObservedReads implements Benchmark {
    /** Of one process in one round. */
    private static final int REQUESTS = 20_000;

    private static final int SECRETS = 1_000;
    private static final String VALUE = "a value of the usual length: 32!";

    /** On a busy machine, what a JVM has still to compile shows for so long. */
    private static final int WARMING_ROUNDS = 5;

    private static final int MEASUREMENTS = 5_000_000;
    private static final int SCRAPES = 50;

    @Override
    public String name() {
        return "observed-reads";
    }

    @Override
    public String question() {
        return "What does it cost a read that it is measured and traced?";
    }

    /** An api-service of its own on the database of all, and what each round showed. */
    private record Contender(
            String title,
            String process,
            int port,
            int opsPort,
            List<Double> rates,
            List<Double> rateRatios,
            List<Double> micros,
            List<Double> microRatios) {

        static Contender started(MeasuredPlatform platform, String title, String process, Map<String, String> traces) {
            int port = LoopbackPort.anyFree();
            int opsPort = LoopbackPort.anyFree();
            platform.startApiBeside(process, port, opsPort, traces);
            return new Contender(
                    title,
                    process,
                    port,
                    opsPort,
                    new ArrayList<>(),
                    new ArrayList<>(),
                    new ArrayList<>(),
                    new ArrayList<>());
        }

        URI endpoint() {
            return URI.create("http://127.0.0.1:" + port);
        }

        /** Against the same round of whoever does not trace. */
        void compare(Contender untraced) {
            rateRatios.add(last(rates) / last(untraced.rates));
            microRatios.add(last(micros) / last(untraced.micros));
        }

        private static double last(List<Double> figures) {
            return figures.get(figures.size() - 1);
        }
    }

    @Override
    public Findings measure(Bench bench) {
        Vertx vertx = Vertx.vertx();
        try (MeasuredPlatform platform = MeasuredPlatform.start(bench)) {
            RpcCredentials caller = AccessKeyFile.read(platform.facts().administratorKeyFile());
            List<String> secrets = platform.genericSecrets(bench.amount(SECRETS), VALUE);
            platform.stopWorkers();
            Collector collector = new Collector(vertx);
            List<Contender> contenders = List.of(
                    Contender.started(platform, "metrics, as they are; no traces", "api-untraced", Map.of()),
                    Contender.started(platform, "every call traced", "api-traced", traces(collector, "1.0")),
                    Contender.started(
                            platform, "one call in a hundred traced", "api-sampled", traces(collector, "0.01")));
            try (Load load = new Load(vertx, platform.facts().authority())) {
                for (int round = 0; round < WARMING_ROUNDS + bench.rounds(); round++) {
                    round(bench, platform, load, contenders, secrets, caller, round);
                }
            }
            if (collector.bytes() == 0) {
                throw new PlatformException("No span came to the collector: the processes were not traced.");
            }
            return findings(contenders, bench, nanosOfAMeasurement(), millisOfAScrape(contenders.get(0)));
        } finally {
            vertx.close();
        }
    }

    private static Map<String, String> traces(Collector collector, String ratio) {
        return Map.of("GYRE_TRACES_ENDPOINT", collector.endpoint(), "GYRE_TRACES_RATIO", ratio);
    }

    /** Each begins as often as the others, so that none always has the quietest moment. */
    private static void round(
            Bench bench,
            MeasuredPlatform platform,
            Load load,
            List<Contender> contenders,
            List<String> secrets,
            RpcCredentials caller,
            int round) {
        int requests = bench.amount(REQUESTS);
        List<Contender> turns = new ArrayList<>(contenders);
        Collections.rotate(turns, round);
        for (Contender each : turns) {
            List<String> targets = SignedReads.of(requests, secrets, caller);
            long before = platform.processorTime(each.process()).toNanos();
            Load.Outcome outcome = load.run(each.endpoint(), targets, body -> body.contains(VALUE));
            double micros = (platform.processorTime(each.process()).toNanos() - before) / 1e3 / requests;
            bench.tell("%s: %,.0f/s, %.0f µs of its process for each%s"
                    .formatted(
                            each.title(), outcome.perSecond(), micros, round < WARMING_ROUNDS ? " (warming up)" : ""));
            each.rates().add(outcome.perSecond());
            each.micros().add(micros);
        }
        if (round < WARMING_ROUNDS) {
            contenders.forEach(each -> {
                each.rates().clear();
                each.micros().clear();
            });
        } else {
            contenders.forEach(each -> each.compare(contenders.get(0)));
        }
    }

    /**
     * What a call is measured by, in a loop of its own, on the registry that Quarkus brings. What a process keeps, and statements that calls
     * share, are counted by whoever keeps or shares, and are not in here.
     */
    @SuppressWarnings("deprecation")
    private static double nanosOfAMeasurement() {
        Metrics metrics = new Metrics(new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
        double nanos = 0;
        for (int round = 0; round < 2; round++) {
            long begin = System.nanoTime();
            for (int i = 0; i < MEASUREMENTS; i++) {
                metrics.took(Meter.API_CALL, metrics.nanos(), "Kms", "GetSecretValue", "200");
            }
            nanos = (System.nanoTime() - begin) / (double) MEASUREMENTS;
        }
        return nanos;
    }

    private static double millisOfAScrape(Contender scraped) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + scraped.opsPort() + "/q/metrics"))
                .build();
        List<Double> millis = new ArrayList<>();
        HttpClient client = HttpClient.newHttpClient();
        for (int scrape = 0; scrape < SCRAPES; scrape++) {
            long begin = System.nanoTime();
            try {
                if (client.send(request, BodyHandlers.ofByteArray()).statusCode() != 200) {
                    throw new PlatformException("The metrics were not answered with status 200.");
                }
            } catch (IOException e) {
                throw new PlatformException("The metrics cannot be read: " + e + ".", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new PlatformException("Interrupted while it measured.", e);
            }
            millis.add((System.nanoTime() - begin) / 1e6);
        }
        return Median.of(millis);
    }

    private static Findings findings(List<Contender> contenders, Bench bench, double measurement, double scrape) {
        Findings findings = new Findings("Reads that are measured and traced");
        findings.says(("GetSecretValue by plain HTTP over %d connections, %,d requests a round, from three api-service"
                        + " processes on one database in turns, each round begun by another one. Spans go by gRPC to a collector"
                        + " in the callers' process, which throws them away. All share the machine. Medians of %d rounds, ratios"
                        + " of each round's two; the processor time is that of the api-service alone.")
                .formatted(Load.CONNECTIONS, bench.amount(REQUESTS), bench.rounds()));
        Table table =
                new Table("", "requests/s", "of those without traces", "processor time", "of that without traces");
        for (Contender each : contenders) {
            table.row(
                    each.title(),
                    "%,.0f".formatted(Median.of(each.rates())),
                    percent(each.rateRatios()),
                    "%.1f µs".formatted(Median.of(each.micros())),
                    percent(each.microRatios()));
        }
        findings.table(table);
        double untraced = Median.of(contenders.get(0).micros());
        findings.says(
                ("Metrics are always on: to measure a call took %.2f µs in a loop, %.1f %% of that processor time, and"
                                + " to answer Prometheus %.1f ms.")
                        .formatted(measurement / 1e3, 100 * measurement / 1e3 / untraced, scrape));
        return findings;
    }

    /** The ratio of whoever is compared with itself is 1. */
    private static String percent(List<Double> ratios) {
        return "%.0f %% (%.0f to %.0f)"
                .formatted(100 * Median.of(ratios), 100 * Median.lowest(ratios), 100 * Median.highest(ratios));
    }
}
