package io.gyre.cli.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.gyre.cli.terminal.Console;
import io.gyre.platform.PrivateFile;
import io.gyre.platform.testing.TestPlatform;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Rotations at high speed while workers are killed, Kafka and PostgreSQL go away and the cloud misbehaves; meanwhile
 * every secret is used as a program uses it. {@code -Dgyre.chaos.minutes=N} says for how long (a minute and a half if
 * not), {@code -Dgyre.chaos.seed=N} repeats a run's blows. Data and logs of the last run stay in {@code target/chaos}.
 */
class ChaosTest {
    private static final int WORKERS = 3;

    private static final long SAMPLE_EVERY_MILLIS = 250;
    private static final long ORDER_EVERY_MILLIS = 400;
    private static final long LOOK_EVERY_MILLIS = 500;

    /** A retry may rest for five minutes when a step has failed again and again. */
    private static final Duration ALL_END_WITHIN = Duration.ofMinutes(12);

    private static final Path HOME = TestPlatform.checkout().resolve("cli/target/chaos");

    /** Libraries that say something of each of thousands of calls, or of each connection that breaks. */
    private static final List<Logger> TALKATIVE = Stream.of("org.apache.sshd", "org.apache.kafka", "com.aliyun")
            .map(Logger::getLogger)
            .toList();

    private static TestPlatform running;

    private final Console out = new Console(System.out, false);
    private final Plaintexts plaintexts = new Plaintexts();
    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(20);

    @BeforeAll
    static void start() {
        TALKATIVE.forEach(each -> each.setLevel(Level.SEVERE));
        PrivateFile.deleteTree(HOME);
        running = TestPlatform.start(HOME, WORKERS);
    }

    @AfterAll
    static void stop() {
        if (running != null) {
            running.platform().close();
        }
    }

    @Test
    void everyRotationEndsAndNoCredentialIsLostWhateverDies() throws Exception {
        long seed = Long.getLong("gyre.chaos.seed", new Random().nextInt(1_000_000));
        Duration duration = Duration.ofMillis(
                (long) (60_000 * Double.parseDouble(System.getProperty("gyre.chaos.minutes", "1.5"))));
        out.line("Chaos for " + duration.toSeconds() + " s; again with -Dgyre.chaos.seed=" + seed);
        Kms kms = Kms.of(running.platform().facts());
        PlatformDatabase gyre = PlatformDatabase.ofGyre(running.plan());
        try (Cloud cloud = Cloud.of(running.platform().facts())) {
            List<FleetSecret> fleet = new Fleet(cloud, kms, PlatformDatabase.ofCloud(running.plan())).create();
            List<Sampler> samplers = fleet.stream()
                    .map(secret -> new Sampler(secret, () -> remembered(kms.current(secret.name()))))
                    .toList();
            List<Rotator> rotators =
                    fleet.stream().map(secret -> new Rotator(secret, kms)).toList();
            Operator operator = new Operator(gyre);
            ScheduledExecutorService orders = Executors.newScheduledThreadPool(4);
            samplers.forEach(each -> repeat(threads, each::sample, SAMPLE_EVERY_MILLIS));
            rotators.forEach(each -> repeat(orders, each::order, ORDER_EVERY_MILLIS));
            repeat(threads, operator::look, LOOK_EVERY_MILLIS);

            Chaos chaos = new Chaos(running, cloud, seed, out);
            chaos.rage(duration);
            end(orders);
            awaitEveryEnd(operator);
            end(threads);
            samplers.forEach(Sampler::sample);

            List<Sampler.Seen> seen = samplers.stream().map(Sampler::seen).toList();
            new ChaosFigures(gyre, out).write(chaos, operator, seen);
            assertFalse(running.platform().firstDeath().isDone(), "a process died that nobody had killed");
            assertEquals(
                    List.of(),
                    rotators.stream().flatMap(each -> each.troubles().stream()).toList());
            requireNothingLost(seen);
            fleet.forEach(secret -> requireAgreement(secret, kms));
            requireNoOrphan(gyre);
            requireNoPlaintext();
        }
    }

    private JsonNode remembered(JsonNode value) {
        plaintexts.remember(value);
        return value;
    }

    private static void repeat(ScheduledExecutorService on, Runnable task, long millis) {
        var unused = on.scheduleWithFixedDelay(task, 0, millis, TimeUnit.MILLISECONDS);
    }

    private static void end(ScheduledExecutorService tasks) throws InterruptedException {
        tasks.shutdown();
        assertTrue(tasks.awaitTermination(5, TimeUnit.MINUTES), "a task hangs");
    }

    private static void awaitEveryEnd(Operator operator) throws Exception {
        try {
            operator.allEnded().get(ALL_END_WITHIN.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("These rotations do not end:\n" + String.join("\n", operator.open()), e);
        }
        assertEquals(List.of(), operator.open());
    }

    private static void requireNothingLost(List<Sampler.Seen> seen) {
        List<String> troubles = new ArrayList<>();
        for (Sampler.Seen each : seen) {
            troubles.addAll(each.troubles());
            if (each.samples() == 0) {
                troubles.add(each.secret().name() + ": it was never used");
            }
            if (each.inGap()) {
                troubles.add(each.secret().name() + ": its current value is refused at the end");
            }
        }
        assertEquals(List.of(), troubles);
    }

    /** What is current logs in, and the target holds nothing else. */
    private static void requireAgreement(FleetSecret secret, Kms kms) {
        JsonNode current = kms.current(secret.name());
        assertTrue(secret.login().test(current), secret.name() + ": its current value does not log in");
        if (secret.kind().isListed()) {
            assertEquals(
                    Set.of(secret.kind().nameIn(current)),
                    secret.held().get(),
                    secret.name() + ": what the target holds is not what the secret names");
        }
    }

    private static void requireNoOrphan(PlatformDatabase gyre) {
        assertEquals(List.of(), gyre.rows("""
                        SELECT format('%s of %s', o.credential_name, s.name) FROM orphan o JOIN secret s USING (secret_id)
                         WHERE o.removed_at IS NULL""", row -> row.getString(1)));
    }

    private void requireNoPlaintext() throws IOException {
        plaintexts.rememberOwnKeys(running.platform().facts());
        plaintexts.requireNoneInTables(PlatformDatabase.ofGyre(running.plan()), "db/pair-1");
        plaintexts.requireNoneInRecords(running.platform().facts(), "db/pair-1");
        plaintexts.requireNoneInLogs(running.platform().facts());
    }
}
