package io.gyre.api.wire;

import static io.gyre.api.testing.KafkaReader.header;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.aliyun.kms20160120.models.GetSecretValueRequest;
import com.aliyun.kms20160120.models.PutSecretValueRequest;
import com.aliyun.kms20160120.models.RotateSecretRequest;
import com.aliyun.kms20160120.models.UpdateSecretRotationPolicyRequest;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gyre.api.testing.Clients;
import io.gyre.api.testing.KafkaReader;
import io.gyre.api.testing.OperationsClient;
import io.gyre.api.testing.Rows;
import io.gyre.api.testing.Secrets;
import io.gyre.platform.process.LoopbackPort;
import io.gyre.platform.testing.SpanReceiver;
import io.gyre.platform.testing.SpanReceiver.Span;
import io.gyre.rpc.AccessKey;
import io.gyre.rpc.Acs3Signer;
import io.gyre.rpc.RpcRequest;
import io.gyre.secret.SecretText;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an api-service that is told where traces go sends there, and writes into its log. */
@QuarkusTest
@TestProfile(TracedCallsTest.Traced.class)
class TracedCallsTest {
    private static final Logger LOG = Logger.getLogger(TracedCallsTest.class);
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String CALLERS_TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String CALLERS_SPAN = "00f067aa0ba902b7";

    /** As documented, by the protocol that nobody has to name, but for how soon they are sent. */
    public static final class Traced implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "gyre.traces.endpoint",
                    "http://127.0.0.1:" + LoopbackPort.anyFree(),
                    "quarkus.otel.bsp.schedule.delay",
                    "100ms",
                    "quarkus.log.file.json.enabled",
                    "true");
        }
    }

    @Inject
    Vertx vertx;

    @Inject
    CallTraces traces;

    @Inject
    ApiServer server;

    @Inject
    Clients clients;

    @Inject
    OperationsClient operations;

    @Inject
    Secrets secrets;

    @Inject
    Rows rows;

    @Inject
    ObjectMapper json;

    @ConfigProperty(name = "gyre.kafka.bootstrap-servers")
    String kafka;

    @ConfigProperty(name = "gyre.traces.endpoint")
    URI endpoint;

    @ConfigProperty(name = "quarkus.log.file.path")
    Path log;

    private SpanReceiver receiver;

    @BeforeEach
    void listen() {
        receiver = new SpanReceiver(SpanReceiver.Protocol.GRPC, endpoint.getPort());
    }

    @AfterEach
    void listenNoMore() {
        receiver.close();
    }

    private Span awaited(String what, Predicate<Span> wanted) {
        await(what).atMost(SOON).until(() -> receiver.spans().stream().anyMatch(wanted));
        return receiver.spans().stream().filter(wanted).findFirst().orElseThrow();
    }

    private static Predicate<Span> named(String name) {
        return span -> span.name().equals(name);
    }

    private static Predicate<Span> of(String attribute, String value) {
        return span -> value.equals(span.attributes().get(attribute));
    }

    /** A call that names a trace, as a program that is traced itself makes it. */
    private int call(String action, Map<String, String> parameters) throws Exception {
        byte[] body = new TreeMap<>(parameters)
                .entrySet().stream()
                        .map(field ->
                                field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                        .collect(Collectors.joining("&"))
                        .getBytes(StandardCharsets.UTF_8);
        URI address = URI.create("http://127.0.0.1:" + server.port() + "/");
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .header("traceparent", "00-" + CALLERS_TRACE + "-" + CALLERS_SPAN + "-01")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        Acs3Signer.headers(
                        "POST",
                        address,
                        Map.of(
                                "content-type",
                                "application/x-www-form-urlencoded",
                                "x-acs-action",
                                action,
                                "x-acs-version",
                                "2016-01-20"),
                        body,
                        operations.administrator(),
                        Instant.now())
                .forEach((name, value) -> {
                    if (!name.equals("host")) {
                        request.header(name, value);
                    }
                });
        return HttpClient.newHttpClient()
                .send(request.build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private String rotation(String secret) {
        return String.valueOf(rows.activeRotation("rotation_id", secret).get(0));
    }

    @Test
    void aCallAndTheRotationThatItBeginsAreOneTraceWhichKafkaAndTheRotationsRowPassOn() throws Exception {
        String secret = secrets.create(secrets.ram());
        assertEquals(200, call("RotateSecret", Map.of("SecretName", secret, "VersionId", "v2")));
        String rotation = rotation(secret);

        Span begun = awaited("the beginning", of("gyre.rotation.id", rotation));
        Span call = awaited("the call", span -> span.spanId().equals(begun.parentId()));
        assertEquals("Kms/RotateSecret", call.name());
        assertEquals(CALLERS_TRACE, call.traceId());
        assertEquals(CALLERS_SPAN, call.parentId());
        assertEquals("gyre-api-service", call.service());
        assertEquals("create gyre.rotation.requests.ram", begun.name());
        assertEquals(CALLERS_TRACE, begun.traceId());

        String traceParent = "00-" + CALLERS_TRACE + "-" + begun.spanId() + "-01";
        assertEquals(List.of(traceParent), rows.activeRotation("trace_parent", secret));
        try (KafkaReader reader = new KafkaReader(kafka)) {
            for (ConsumerRecord<String, String> record : reader.await(
                    2,
                    record -> String.valueOf(record.value()).contains(rotation)
                            && header(record, "ce_type").startsWith("io.gyre.rotation."))) {
                assertEquals(traceParent, header(record, "traceparent"), record.topic());
            }
        }
        Span sent = awaited(
                "the record on its way",
                named("send gyre.rotation.requests.ram")
                        .and(span -> span.parentId().equals(begun.spanId())));
        assertEquals(CALLERS_TRACE, sent.traceId());
        assertEquals(
                CALLERS_TRACE,
                operations
                        .get("/operations/v1/rotations/" + rotation)
                        .json(200)
                        .path("traceId")
                        .asText());
    }

    @Test
    void aRotationThatAPolicyBeginsIsATraceOfItsOwn() throws Exception {
        String one = secrets.create(secrets.rdsSingle());
        String other = secrets.create(secrets.rdsSingle());
        for (String secret : List.of(one, other)) {
            clients.current()
                    .updateSecretRotationPolicy(new UpdateSecretRotationPolicyRequest()
                            .setSecretName(secret)
                            .setEnableAutomaticRotation(true)
                            .setRotationInterval("7d"));
        }
        rows.passDays(7);
        List<Span> begun = new ArrayList<>();
        for (String secret : List.of(one, other)) {
            await().atMost(SOON)
                    .until(() -> !rows.activeRotation("rotation_id", secret).isEmpty());
            Span span = awaited("the beginning", of("gyre.rotation.id", rotation(secret)));
            assertEquals("", span.parentId());
            assertEquals("automatic", span.attributes().get("gyre.rotation.trigger"));
            begun.add(span);
        }
        assertFalse(begun.get(0).traceId().equals(begun.get(1).traceId()), "each rotation is a trace");
    }

    @Test
    void anOrderIsATraceOfItsOwnAndWakesTheWorkersInTheRotationsTrace() throws Exception {
        String secret = secrets.create(secrets.ecsKey());
        clients.current()
                .rotateSecret(new RotateSecretRequest().setSecretName(secret).setVersionId("v2"));
        String rotation = rotation(secret);
        rows.change(
                "UPDATE rotation SET wake_clock = 'calendar', wake_at = calendar_now() + interval '1 day'"
                        + " WHERE rotation_id = CAST(? AS uuid)",
                rotation);
        String traceParent = rows.activeRotation("trace_parent", secret).get(0);
        operations.post("/operations/v1/rotations/" + rotation + "/roll-back").json(202);

        Span order = awaited("the order", named("Operations/RollBackRotation"));
        assertEquals("", order.parentId());
        assertFalse(String.valueOf(traceParent).contains(order.traceId()), "it is not the rotation's");
        try (KafkaReader reader = new KafkaReader(kafka)) {
            List<ConsumerRecord<String, String>> wakings = reader.await(
                    2,
                    record -> record.topic().equals("gyre.rotation.requests.ecs")
                            && record.value().contains(rotation));
            assertEquals(traceParent, header(wakings.get(1), "traceparent"));
        }
    }

    @Test
    void nothingThatIsSentWithACallIsInItsSpan() throws Exception {
        String value = "very-secret-" + UUID.randomUUID();
        String secret = secrets.create(secrets.generic());
        for (var client : List.of(clients.current(), clients.currentWithOldSignature())) {
            client.putSecretValue(new PutSecretValueRequest()
                    .setSecretName(secret)
                    .setVersionId(UUID.randomUUID().toString())
                    .setSecretData(value));
            client.getSecretValue(new GetSecretValueRequest().setSecretName(secret));
        }
        assertThrows(Exception.class, () -> clients.current()
                .getSecretValue(new GetSecretValueRequest().setSecretName("absent-" + value)));
        Span refused = awaited("the refusal", of("error.type", "Forbidden.ResourceNotFound"));
        assertEquals("Kms/GetSecretValue", refused.name());
        assertFalse(refused.failed(), "it is the caller's mistake");
        awaited("the last call", named("Kms/PutSecretValue"));

        var key = clients.administratorKey();
        for (String hidden : List.of(
                value,
                key.getProperty("AccessKeyId"),
                key.getProperty("AccessKeySecret"),
                "Signature",
                "ACS3-HMAC",
                "SecretData")) {
            assertFalse(receiver.hasHeard(hidden), hidden);
        }
        assertTrue(receiver.hasHeard("Kms/GetSecretValue"));
    }

    @Test
    void aLineThatIsLoggedInACallIsJsonAndNamesItsTrace() throws Exception {
        String said = "Something in a call " + UUID.randomUUID();
        RpcRequest request = new RpcRequest(
                "Kms",
                "DescribeSecret",
                "2016-01-20",
                new TreeMap<>(),
                new AccessKey("LTAI", SecretText.of("none"), true, "1", "root"),
                UUID.randomUUID().toString(),
                "127.0.0.1",
                true);
        Apart.run(
                        vertx,
                        () -> traces.followed(request, () -> {
                            LOG.info(said);
                            return Uni.createFrom().voidItem();
                        }))
                .await()
                .atMost(SOON);
        Span call = awaited("the call", of("gyre.request.id", request.requestId()));
        await().atMost(SOON).until(() -> line(said).isPresent());
        JsonNode line = json.readTree(line(said).orElseThrow());
        assertEquals(call.traceId(), line.path("mdc").path("traceId").asText(), line.toString());
        assertEquals(said, line.path("message").asText());
    }

    private Optional<String> line(String said) throws Exception {
        return Files.readAllLines(log).stream()
                .filter(line -> line.contains(said))
                .findFirst();
    }
}
