package io.gyre.benchmarks.reads;

import io.gyre.benchmarks.Bench;
import io.gyre.benchmarks.Benchmark;
import io.gyre.benchmarks.platform.MeasuredPlatform;
import io.gyre.benchmarks.report.BarChart;
import io.gyre.benchmarks.report.Findings;
import io.gyre.benchmarks.report.Median;
import io.gyre.benchmarks.report.Table;
import io.gyre.platform.AccessKeyFile;
import io.gyre.platform.Home;
import io.gyre.platform.PlatformFacts;
import io.gyre.platform.tls.LocalAuthority;
import io.gyre.rpc.RpcCredentials;
import io.vertx.core.Vertx;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** GetSecretValue over plain HTTP and over TLS, beside an endpoint that does nothing. */
public final class SecretReads implements Benchmark {
    /** Of one contender in one round. */
    private static final int REQUESTS = 20_000;

    private static final int SECRETS = 1_000;
    private static final String VALUE = "a value of the usual length: 32!";
    private static final double GOAL = 0.5;

    @Override
    public String name() {
        return "reads";
    }

    @Override
    public String question() {
        return "How many secrets are read a second, beside an endpoint that does nothing?";
    }

    /** One of those that are measured, and what it answered. */
    private record Contender(
            String title, URI endpoint, boolean reads, Predicate<String> right, List<Double> rates, List<Double> p99) {
        Contender(String title, URI endpoint, boolean reads) {
            this(
                    title,
                    endpoint,
                    reads,
                    reads ? body -> body.contains(VALUE) : String::isEmpty,
                    new ArrayList<>(),
                    new ArrayList<>());
        }
    }

    @Override
    public Findings measure(Bench bench) {
        Vertx vertx = Vertx.vertx();
        try (MeasuredPlatform platform = MeasuredPlatform.start(bench)) {
            PlatformFacts facts = platform.facts();
            RpcCredentials caller = AccessKeyFile.read(facts.administratorKeyFile());
            List<String> secrets = platform.genericSecrets(bench.amount(SECRETS), VALUE);
            LocalAuthority authority = LocalAuthority.of(new Home(facts.home()));
            try (EmptyEndpoint empty =
                            EmptyEndpoint.start(bench, authority.serverCertificate(), authority.serverKey());
                    Load load = new Load(vertx, facts.authority())) {
                List<Contender> contenders = List.of(
                        new Contender("Gyre, HTTP", facts.endpoint(), true),
                        new Contender("empty endpoint, HTTP", empty.plain(), false),
                        new Contender("Gyre, TLS", facts.secureEndpoint(), true),
                        new Contender("empty endpoint, TLS", empty.secure(), false));
                for (int round = 0; round <= bench.rounds(); round++) {
                    for (Contender contender : contenders) {
                        run(bench, load, contender, secrets, caller, round);
                    }
                }
                return findings(contenders, bench.amount(REQUESTS));
            }
        } finally {
            vertx.close();
        }
    }

    /** The first round only warms up. */
    private static void run(
            Bench bench, Load load, Contender contender, List<String> secrets, RpcCredentials caller, int round) {
        int requests = bench.amount(REQUESTS);
        List<String> targets =
                contender.reads() ? SignedReads.of(requests, secrets, caller) : Collections.nCopies(requests, "/");
        Load.Outcome outcome = load.run(contender.endpoint(), targets, contender.right());
        bench.tell(
                "%s: %,.0f/s%s".formatted(contender.title(), outcome.perSecond(), round == 0 ? " (warming up)" : ""));
        if (round > 0) {
            contender.rates().add(outcome.perSecond());
            contender.p99().add(Median.quantile(outcome.millis(), 0.99));
        }
    }

    private static Findings findings(List<Contender> contenders, int requests) {
        Findings findings = new Findings("Reads");
        findings.says(
                ("GetSecretValue, signed by HMAC-SHA1, over %d connections, %,d requests a round, in turns with a Quarkus"
                                + " endpoint that answers nothing on its event loop. Each read looks up secret, version, key and labels by"
                                + " one statement in PostgreSQL and decrypts the value; nothing is cached but the caller's AccessKey (5 s)."
                                + " Client, service and database share the machine. Medians of %d rounds.")
                        .formatted(
                                Load.CONNECTIONS,
                                requests,
                                contenders.get(0).rates().size()));
        Table table = new Table("", "requests/s", "p99", "of the empty endpoint");
        Map<String, Double> bars = new LinkedHashMap<>();
        for (int i = 0; i < contenders.size(); i += 2) {
            double ceiling = Median.of(contenders.get(i + 1).rates());
            for (Contender each : contenders.subList(i, i + 2)) {
                double rate = Median.of(each.rates());
                bars.put(each.title(), rate);
                table.row(
                        each.title(),
                        "%,.0f".formatted(rate),
                        "%.0f ms".formatted(Median.of(each.p99())),
                        "%.0f %%".formatted(100 * rate / ceiling));
            }
        }
        findings.table(table);
        double part = Median.of(contenders.get(0).rates())
                / Median.of(contenders.get(1).rates());
        findings.goal(
                "reads at half the rate of an empty endpoint or more",
                "%.0f %% by plain HTTP".formatted(100 * part),
                part >= GOAL);
        findings.chart(new BarChart("reads", "Requests per second over 64 connections (median)", bars));
        return findings;
    }
}
