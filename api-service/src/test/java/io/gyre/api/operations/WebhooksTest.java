package io.gyre.api.operations;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.gyre.api.testing.OperationsClient;
import io.gyre.api.testing.Rows;
import io.gyre.api.webhooks.Deliveries;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.VertxContextSupport;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Webhooks as operators see them, before a receiver of the test's own. */
@QuarkusTest
class WebhooksTest {
    private static final String PATH = "/operations/v1/webhooks";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What the receiver got. */
    private record Got(String path, String id, String timestamp, String signature, String type, String body) {}

    @Inject
    OperationsClient operations;

    @Inject
    Rows rows;

    @Inject
    Deliveries deliveries;

    @Inject
    MeterRegistry meters;

    private final List<Got> received = new CopyOnWriteArrayList<>();
    private final AtomicInteger status = new AtomicInteger(200);
    private final List<String> made = new ArrayList<>();
    private HttpServer server;

    @BeforeEach
    void receive() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            received.add(new Got(
                    exchange.getRequestURI().getPath(),
                    exchange.getRequestHeaders().getFirst("webhook-id"),
                    exchange.getRequestHeaders().getFirst("webhook-timestamp"),
                    exchange.getRequestHeaders().getFirst("webhook-signature"),
                    exchange.getRequestHeaders().getFirst("content-type"),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
            exchange.getResponseHeaders().add("Location", "/elsewhere");
            exchange.sendResponseHeaders(status.get(), -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void leaveNone() {
        made.forEach(id -> rows.change("DELETE FROM webhook WHERE webhook_id = CAST(? AS uuid)", id));
        server.stop(0);
    }

    private String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/events";
    }

    private JsonNode create(String... types) {
        String list = Stream.of(types).map(type -> '"' + type + '"').toList().toString();
        JsonNode opened = operations
                .post(PATH, "{\"name\":\"chat\",\"url\":\"" + url() + "\",\"eventTypes\":" + list + "}")
                .json(200);
        made.add(opened.path("webhook").path("webhookId").asText());
        return opened;
    }

    private static String id(JsonNode opened) {
        return opened.path("webhook").path("webhookId").asText();
    }

    private JsonNode shown(String id) {
        for (JsonNode webhook : operations.get(PATH).json(200).path("webhooks")) {
            if (webhook.path("webhookId").asText().equals(id)) {
                return webhook;
            }
        }
        throw new AssertionError("No webhook " + id);
    }

    private JsonNode order(String id, String verb) {
        return operations.post(PATH + "/" + id + "/" + verb).json(200);
    }

    /** As if it had become true; @return its id. */
    private String tell(String type) {
        String event = UUID.randomUUID().toString();
        rows.change(
                "INSERT INTO outbox (topic, record_key, event_id, event_type, data)"
                        + " VALUES ('gyre.rotation.events', 'a-secret', CAST(? AS uuid), ?, '{\"a\": null}')",
                event,
                type);
        return event;
    }

    private void awaitOutboxLeft(String event) {
        await().atMost(PATIENCE)
                .until(() -> rows.count("SELECT count(*) FROM outbox WHERE event_id = CAST(? AS uuid)", event) == 0);
    }

    /** What the next tick would do, now. */
    private void send() throws Throwable {
        VertxContextSupport.subscribeAndAwait(() -> deliveries.sendDue());
    }

    private List<Got> of(String event) {
        return received.stream().filter(got -> got.id().equals(event)).toList();
    }

    private static String signature(String secret, Got got) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret.substring("whsec_".length())), "HmacSHA256"));
        String signed = got.id() + "." + got.timestamp() + "." + got.body();
        return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
    }

    private String delivery(String event, String column) {
        return rows.text(
                "SELECT CAST(" + column + " AS text) FROM webhook_delivery WHERE event_id = CAST(? AS uuid)", event);
    }

    private boolean hasDelivery(String event) {
        return rows.count("SELECT count(*) FROM webhook_delivery WHERE event_id = CAST(? AS uuid)", event) > 0;
    }

    @Test
    void anEventIsSentOnceSignedAsACloudEvent() throws Throwable {
        JsonNode opened = create("io.gyre.rotation.*");
        String type = "io.gyre.rotation.stepped.v1";
        String event = tell(type);
        String other = tell("io.gyre.rotational.v1");
        await().atMost(PATIENCE).until(() -> !of(event).isEmpty() && !hasDelivery(event));
        awaitOutboxLeft(other);
        send();
        assertEquals(1, of(event).size());
        assertEquals(List.of(), of(other));
        Got got = of(event).get(0);
        assertEquals("/events", got.path());
        assertTrue(got.type().startsWith("application/cloudevents+json"), got.type());
        assertEquals(signature(opened.path("secret").asText(), got), got.signature());
        JsonNode body = JSON.readTree(got.body());
        assertEquals("1.0", body.path("specversion").asText());
        assertEquals(event, body.path("id").asText());
        assertEquals(type, body.path("type").asText());
        assertEquals("/gyre/1000000000000001", body.path("source").asText());
        assertEquals("a-secret", body.path("subject").asText());
        assertTrue(body.path("data").has("a"), got.body());
    }

    @Test
    void whatFailedIsTriedAgainUnderTheSameId() throws Throwable {
        String id = id(create());
        status.set(500);
        String event = tell("io.gyre.test.retried");
        await().atMost(PATIENCE)
                .until(() ->
                        hasDelivery(event) && !delivery(event, "last_answer").equals("null"));
        assertEquals("answered 500", delivery(event, "last_answer"));
        assertEquals(
                "t",
                rows.text(
                        "SELECT next_at > created_at + interval '4 seconds' FROM webhook_delivery"
                                + " WHERE event_id = CAST(? AS uuid)",
                        event));
        assertTrue(shown(id).has("failingSince"));
        rows.change(
                "UPDATE webhook SET failing_since = now() - interval '3 days' WHERE webhook_id = CAST(? AS uuid)", id);
        rows.change("UPDATE webhook_delivery SET next_at = now() WHERE event_id = CAST(? AS uuid)", event);
        await().atMost(PATIENCE).until(() -> "t"
                .equals(rows.text("SELECT failure_told FROM webhook WHERE webhook_id = CAST(? AS uuid)", id)));
        assertEquals(
                "1",
                rows.text(
                        "SELECT count(*) FROM webhook_delivery WHERE event_id = CAST(? AS uuid) AND failed_at IS NULL",
                        event));
        status.set(204);
        rows.change("UPDATE webhook_delivery SET next_at = now() WHERE event_id = CAST(? AS uuid)", event);
        await().atMost(PATIENCE).until(() -> !hasDelivery(event));
        assertTrue(of(event).size() >= 2);
        assertFalse(shown(id).has("failingSince"));
        assertMeasured("again");
        assertMeasured("delivered");
    }

    /** Counted once its transaction has been written, which others see a moment sooner. */
    private void assertMeasured(String outcome) {
        await().atMost(PATIENCE)
                .until(() -> meters.find("gyre.webhook.deliveries").tag("outcome", outcome).counters().stream()
                        .anyMatch(counter -> counter.count() >= 1));
    }

    @Test
    void afterTheLastAttemptItIsKeptAndReplayedOnOrder() throws Throwable {
        String id = id(create());
        order(id, "pause");
        status.set(503);
        String event = tell("io.gyre.test.failed");
        await().atMost(PATIENCE).until(() -> hasDelivery(event));
        rows.change("UPDATE webhook_delivery SET attempts = 9 WHERE event_id = CAST(? AS uuid)", event);
        send();
        assertEquals(List.of(), of(event), "It is paused.");
        order(id, "resume");
        await().atMost(PATIENCE).until(() -> !delivery(event, "failed_at").equals("null"));
        JsonNode failed = operations
                .get(PATH + "/" + id + "/deliveries")
                .json(200)
                .path("deliveries")
                .path(0);
        assertEquals(event, failed.path("eventId").asText());
        assertEquals(10, failed.path("attempts").asInt());
        assertEquals("answered 503", failed.path("lastAnswer").asText());
        assertMeasured("failed");
        status.set(200);
        order(id, "deliveries/" + failed.path("deliveryId").asText() + "/replay");
        await().atMost(PATIENCE).until(() -> !hasDelivery(event));
        operations
                .post(PATH + "/" + id + "/deliveries/"
                        + failed.path("deliveryId").asText() + "/replay")
                .problem(404, "DeliveryNotFound");
    }

    @Test
    void aReceiverThatIsGoneDisablesIt() throws Throwable {
        String id = id(create());
        status.set(410);
        String event = tell("io.gyre.test.gone");
        await().atMost(PATIENCE).until(() -> shown(id).path("state").asText().equals("Disabled"));
        assertEquals(
                "Its receiver answered 410: it is gone.",
                shown(id).path("reason").asText());
        assertEquals("answered 410", delivery(event, "last_answer"));
        assertMeasured("gone");
        String later = tell("io.gyre.test.later");
        awaitOutboxLeft(later);
        assertFalse(hasDelivery(later));
        operations.post(PATH + "/" + id + "/pause").problem(409, "WebhookDisabled");
        operations
                .post(PATH + "/" + id + "/deliveries/" + delivery(event, "delivery_id") + "/replay")
                .problem(409, "WebhookDisabled");
        assertEquals("Active", order(id, "resume").path("state").asText());
    }

    @Test
    void aTestIsSentNowAndARedirectIsFollowedNowhere() {
        String id = id(create("io.gyre.nothing"));
        JsonNode well = order(id, "test");
        assertTrue(well.path("delivered").asBoolean());
        assertEquals(200, well.path("status").asInt());
        assertTrue(
                received.get(0).body().contains("io.gyre.webhook.test.v1"),
                received.get(0).body());
        status.set(302);
        JsonNode redirected = order(id, "test");
        assertFalse(redirected.path("delivered").asBoolean());
        assertEquals("answered 302", redirected.path("finding").asText());
        assertEquals(2, received.size());
        server.stop(0);
        JsonNode away = order(id, "test");
        assertEquals("could not be reached", away.path("finding").asText());
        assertFalse(away.has("status"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://169.254.169.254/latest",
                "https://169.254.169.254/latest",
                "https://100.100.100.200/",
                "http://example.com/",
                "https://user:word@example.com/",
                "ftp://example.com/"
            })
    void anAddressThatIsNotCalledIsRefused(String url) {
        operations.post(PATH, "{\"name\":\"chat\",\"url\":\"" + url + "\"}").problem(400, "InvalidParameter");
    }

    /** What may be called is looked at whenever it is called. */
    @Test
    void anAddressThatWasStoredIsLookedAtOnceMore() {
        String id = id(create());
        rows.change("UPDATE webhook SET url = 'http://169.254.169.254/' WHERE webhook_id = CAST(? AS uuid)", id);
        assertEquals(
                "is of an address that is not called",
                order(id, "test").path("finding").asText());
    }

    @Test
    void aFormerSecretSignsBesideTheNewOneForADay() throws Exception {
        JsonNode opened = create("io.gyre.nothing");
        String id = id(opened);
        String former = opened.path("secret").asText();
        String next = order(id, "rotate-secret").path("secret").asText();
        assertNotEquals(former, next);
        order(id, "test");
        Got got = received.get(0);
        assertEquals(signature(next, got) + " " + signature(former, got), got.signature());
        rows.change(
                "UPDATE webhook_secret SET valid_until = valid_until - interval '24 hours'"
                        + " WHERE webhook_id = CAST(? AS uuid)",
                id);
        order(id, "test");
        assertEquals(signature(next, received.get(1)), received.get(1).signature());
        assertFalse(operations.get(PATH).body().contains("whsec_"));
        String everything = rows.everything();
        assertFalse(everything.contains("whsec_"), "No secret is stored open, nor told in the audit log.");
    }

    @Test
    void whatIsDeletedIsGoneWithItsSecretsAndMalformedWishesAreRefused() {
        String id = id(create());
        order(id, "delete");
        assertEquals(0, rows.count("SELECT count(*) FROM webhook_secret WHERE webhook_id = CAST(? AS uuid)", id));
        for (String verb : List.of("delete", "pause", "resume", "rotate-secret", "test")) {
            operations.post(PATH + "/" + id + "/" + verb).problem(404, "WebhookNotFound");
        }
        operations.post(PATH + "/no-id/test").problem(400, "InvalidParameter");
        operations.post(PATH, "{\"url\":\"https://example.com/\"}").problem(400, "MissingParameter");
        operations.post(PATH, "{\"name\":\"a\"}").problem(400, "MissingParameter");
        operations
                .post(PATH, "{\"name\":\"a\",\"url\":\"https://example.com/\",\"eventTypes\":[\"a*\"]}")
                .problem(400, "InvalidParameter");
        operations
                .post(PATH, "{\"name\":\"a\",\"url\":\"https://example.com/\",\"eventTypes\":[null]}")
                .problem(400, "InvalidParameter");
    }
}
