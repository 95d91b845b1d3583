package io.gyre.api.observation;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.aliyun.kms20160120.models.GetSecretValueRequest;
import com.aliyun.kms20160120.models.RotateSecretRequest;
import com.aliyun.kms20160120.models.UpdateSecretRotationPolicyRequest;
import io.gyre.api.observation.InstallationStore.Counted;
import io.gyre.api.testing.Clients;
import io.gyre.api.testing.Rows;
import io.gyre.api.testing.Secrets;
import io.gyre.metrics.Meter;
import io.gyre.metrics.Metrics;
import io.gyre.platform.testing.Scrape;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.hibernate.reactive.mutiny.Mutiny;
import org.junit.jupiter.api.Test;

/** What Prometheus is answered. */
@QuarkusTest
class MetricsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TestHTTPResource("/q/metrics")
    URI address;

    @Inject
    Clients clients;

    @Inject
    Secrets secrets;

    @Inject
    Rows rows;

    @Inject
    Mutiny.SessionFactory sessions;

    @Inject
    InstallationStore store;

    @Inject
    InstallationGauges gauges;

    private String answer() throws Exception {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
        assertEquals(200, answer.statusCode());
        return answer.body();
    }

    private double value(String name, String... labels) throws Exception {
        return new Scrape(answer()).value(name, labels).orElse(0.0);
    }

    @Test
    void aCallIsMeasuredByItsActionAndItsStatusAndNoNameIsTold() throws Exception {
        String[] good = {"product", "Kms", "action", "GetSecretValue", "status", "200"};
        String[] refused = {"product", "Kms", "action", "GetSecretValue", "status", "404"};
        double goodBefore = value("gyre_api_call_seconds_count", good);
        double refusedBefore = value("gyre_api_call_seconds_count", refused);
        double questions = value("gyre_shared_questions_total", "statement", "secret_values");
        double hits = value("gyre_kept_lookups_total", "kept", "unwrapped_keys", "result", "hit");
        String name = secrets.create(secrets.generic());
        clients.current().getSecretValue(new GetSecretValueRequest().setSecretName(name));
        assertThrows(Exception.class, () -> clients.current()
                .getSecretValue(new GetSecretValueRequest().setSecretName(name + "-absent")));
        String after = answer();
        Scrape scrape = new Scrape(after);
        assertEquals(
                goodBefore + 1,
                scrape.value("gyre_api_call_seconds_count", good).orElseThrow());
        assertEquals(
                refusedBefore + 1,
                scrape.value("gyre_api_call_seconds_count", refused).orElseThrow());
        assertTrue(scrape.value("gyre_shared_questions_total", "statement", "secret_values")
                        .orElseThrow()
                >= questions + 2);
        assertTrue(scrape.value("gyre_kept_lookups_total", "kept", "unwrapped_keys", "result", "hit")
                        .orElseThrow()
                > hits);
        assertFalse(after.contains(name), after);
        assertFalse(after.contains(clients.administratorKey().getProperty("AccessKeyId")), after);
    }

    @Test
    void everythingThatIsAnsweredIsDeclared() throws Exception {
        secrets.create(secrets.generic());
        String answer = answer();
        Scrape scrape = new Scrape(answer);
        assertEquals(Set.of(), scrape.undeclared(Meter.Service.API_SERVICE), answer);
        assertTrue(
                scrape.families()
                        .containsAll(Set.of(
                                Meter.API_CALL.family(),
                                Meter.ROTATIONS.family(),
                                Meter.ROTATIONS_LATE.family(),
                                Meter.ROTATION_UNTAKEN.family(),
                                Meter.SECRETS_DRIFTED.family(),
                                Meter.OUTBOX_RECORDS.family(),
                                Meter.OUTBOX_AGE.family(),
                                Meter.KEPT_LOOKUP.family(),
                                Meter.SHARED_STATEMENT.family(),
                                Meter.SHARED_QUESTION.family())),
                answer);
    }

    private String rotating() throws Exception {
        String name = secrets.create(secrets.ram());
        clients.current()
                .rotateSecret(new RotateSecretRequest().setSecretName(name).setVersionId("v2"));
        return name;
    }

    @Test
    void whatTheInstallationIsLikeIsCounted() throws Throwable {
        String late = rotating();
        String waiting = rotating();
        try {
            rows.change(
                    "UPDATE rotation r SET late_clock = 'operational', late_at = clock_timestamp() - interval '1"
                            + " minute', wake_clock = 'operational', wake_at = clock_timestamp() - interval '2 hours' FROM"
                            + " secret s WHERE s.secret_id = r.secret_id AND s.name = ?",
                    late);
            rows.change(
                    "UPDATE rotation r SET state = 'Waiting', wake_clock = NULL, wake_at = NULL"
                            + " FROM secret s WHERE s.secret_id = r.secret_id AND s.name = ?",
                    waiting);
            rows.change(
                    "UPDATE drift_check d SET state = 'Drifted', seen = 'a', means = 'b', remedy = 'c'"
                            + " FROM secret s WHERE s.secret_id = d.secret_id AND s.name = ?",
                    late);
            VertxContextSupport.subscribeAndAwait(gauges::measure);
            Scrape scrape = new Scrape(answer());
            assertTrue(scrape.value("gyre_rotations", "type", "ram", "state", "running")
                            .orElseThrow()
                    >= 1);
            assertTrue(scrape.value("gyre_rotations", "type", "ram", "state", "waiting")
                            .orElseThrow()
                    >= 1);
            assertTrue(scrape.value("gyre_rotations_late", "type", "ram").orElseThrow() >= 1);
            assertTrue(
                    scrape.value("gyre_rotation_untaken_seconds", "type", "ram").orElseThrow() >= 7200);
            assertTrue(scrape.value("gyre_secrets_drifted", "type", "ram").orElseThrow() >= 1);
        } finally {
            rows.endRotation(late);
            rows.endRotation(waiting);
            rows.change(
                    "UPDATE drift_check d SET state = 'Good', seen = NULL, means = NULL, remedy = NULL"
                            + " FROM secret s WHERE s.secret_id = d.secret_id AND s.name = ?",
                    late);
        }
    }

    /** Undone before anybody sees it. */
    private static final class Undone extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** What is counted where these statements were all that ever happened. */
    private Map<Counted, Double> after(String... statements) throws Throwable {
        Map<Counted, Double> counted = new HashMap<>();
        assertThrows(
                Undone.class,
                () -> VertxContextSupport.subscribeAndAwait(() -> sessions.withStatelessTransaction(session -> {
                    Uni<?> done = Uni.createFrom().voidItem();
                    for (String statement : statements) {
                        done = done.chain(
                                () -> session.createNativeQuery(statement).executeUpdate());
                    }
                    return done.chain(() -> store.numbers(session)).invoke(numbers -> {
                        counted.putAll(numbers);
                        throw new Undone();
                    });
                })));
        return counted;
    }

    @Test
    void theOutboxIsCountedWithTheAgeOfItsOldestRecord() throws Throwable {
        Map<Counted, Double> empty = after("DELETE FROM outbox");
        assertEquals(0.0, empty.get(new Counted("outbox", "")));
        assertFalse(empty.containsKey(new Counted("outbox-age", "")));
        Map<Counted, Double> two = after(
                "DELETE FROM outbox",
                "INSERT INTO outbox (topic, record_key, event_type, event_time, data) VALUES"
                        + " ('gyre.rotation.events', 'k', 'test', clock_timestamp() - interval '1 hour', '{}'),"
                        + " ('gyre.rotation.events', 'k', 'test', clock_timestamp(), '{}')");
        assertEquals(2.0, two.get(new Counted("outbox", "")));
        double age = two.getOrDefault(new Counted("outbox-age", ""), 0.0);
        assertTrue(age >= 3600 && age < 3700, "an hour, and not " + age);
    }

    /** For how many seconds, to the hundred, a RAM rotation has waited, where of all others none is due. */
    private String untaken(Consumer<Rows.Held> then) {
        try (Rows.Held held = rows.held()) {
            held.change(
                    "UPDATE rotation SET wake_clock = 'operational', wake_at = clock_timestamp() + interval '1 day',"
                            + " lease_until = NULL WHERE ended_at IS NULL AND state = 'Running'");
            then.accept(held);
            return held.texts("SELECT CAST(round(CAST(number AS numeric), -2) AS bigint) FROM ("
                            + InstallationStore.NUMBERS + ") AS n WHERE what = 'untaken' AND type = 'ram'")
                    .get(0);
        }
    }

    @Test
    void aRotationThatSomebodyHoldsOrThatIsNotDueWaitsForNobody() throws Exception {
        String name = rotating();
        try {
            assertEquals("0", untaken(held -> {}));
            assertEquals(
                    "0",
                    untaken(held -> held.change(
                            "UPDATE rotation r SET wake_at = clock_timestamp() - interval '1 hour', lease_until ="
                                    + " clock_timestamp() + interval '1 minute' FROM secret s"
                                    + " WHERE s.secret_id = r.secret_id AND s.name = ?",
                            name)));
            assertEquals(
                    "3600",
                    untaken(held -> held.change(
                            "UPDATE rotation r SET wake_at = clock_timestamp() - interval '1 hour', lease_until ="
                                    + " clock_timestamp() - interval '1 minute' FROM secret s"
                                    + " WHERE s.secret_id = r.secret_id AND s.name = ?",
                            name)));
        } finally {
            rows.endRotation(name);
        }
    }

    @Test
    void whileItCannotBeCountedNothingIsKnown() throws Throwable {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        InstallationStore away = new InstallationStore() {
            @Override
            Uni<Map<Counted, Double>> numbers(Mutiny.StatelessSession session) {
                return Uni.createFrom().failure(new Undone());
            }
        };
        InstallationGauges first = new InstallationGauges(sessions, store, new Metrics(registry));
        assertEquals(Double.NaN, registry.get("gyre.outbox.records").gauge().value());
        VertxContextSupport.subscribeAndAwait(first::measure);
        assertTrue(registry.get("gyre.outbox.records").gauge().value() >= 0);

        SimpleMeterRegistry other = new SimpleMeterRegistry();
        InstallationGauges failing = new InstallationGauges(sessions, away, new Metrics(other));
        assertThrows(Undone.class, () -> VertxContextSupport.subscribeAndAwait(failing::measure));
        assertEquals(
                Double.NaN,
                other.get("gyre.rotations.late").tag("type", "rds").gauge().value());
    }

    @Test
    void howLateAPolicysRotationBeginsIsMeasured() throws Exception {
        double before = value("gyre_rotation_start_lag_seconds_count", "type", "rds");
        String name = secrets.create(secrets.rdsSingle());
        rows.passDays(8);
        clients.current()
                .updateSecretRotationPolicy(new UpdateSecretRotationPolicyRequest()
                        .setSecretName(name)
                        .setEnableAutomaticRotation(true)
                        .setRotationInterval("7d"));
        await().atMost(PATIENCE).until(() -> value("gyre_rotation_start_lag_seconds_count", "type", "rds") > before);
        rows.endRotation(name);
    }
}
