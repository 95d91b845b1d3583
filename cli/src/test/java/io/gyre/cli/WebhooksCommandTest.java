package io.gyre.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The webhooks command against a server that answers as the operations API does. */
class WebhooksCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ID = "6f1c1f6e-6f4b-4d2b-9c1a-0d7c7c1c2b3a";

    private static final String WEBHOOK = """
            {"webhookId":"ID","name":"chat","url":"https://events.example.com/gyre","eventTypes":["io.gyre.rotation.*"],
             "state":"Active","reason":"It was made.","waiting":2,"failed":1,"failingSince":"2026-03-02T10:00:00Z",
             "createdBy":"LTAIoperator","createdAt":"2026-03-01T10:00:00Z"}
            """.replace("ID", ID);

    private static final String OPENED = "{\"webhook\":" + WEBHOOK + ",\"secret\":\"whsec_example\"}";

    @TempDir
    private Path folder;

    private final Map<String, String> answers = new HashMap<>();
    private final List<String> requests = new ArrayList<>();
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final ByteArrayOutputStream complained = new ByteArrayOutputStream();
    private final PrintStream out = System.out;
    private final PrintStream err = System.err;
    private HttpServer server;

    @BeforeEach
    void serve() throws IOException {
        System.setOut(new PrintStream(written, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(complained, true, StandardCharsets.UTF_8));
        Files.writeString(folder.resolve("key"), "AccessKeyId=LTAIoperator\nAccessKeySecret=hidden\n");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        System.setOut(out);
        System.setErr(err);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String asked = exchange.getRequestMethod() + " " + exchange.getRequestURI();
        requests.add(asked + " " + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        String answer = answers.get(asked);
        byte[] body = (answer == null ? "{\"detail\":\"There is nothing at " + asked + ".\"}" : answer)
                .getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer == null ? 404 : 200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private int gyre(String... arguments) {
        List<String> line = new ArrayList<>(List.of("webhooks"));
        line.addAll(List.of(arguments));
        line.add("--endpoint=http://127.0.0.1:" + server.getAddress().getPort());
        line.add("--key-file=" + folder.resolve("key"));
        return Main.run(line.toArray(String[]::new));
    }

    private String output() {
        return written.toString(StandardCharsets.UTF_8);
    }

    private String errors() {
        return complained.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aWebhookIsMadeAsTheOptionsSayAndItsSecretIsShown() throws Exception {
        answers.put("POST /operations/v1/webhooks", OPENED);
        assertEquals(
                0,
                gyre("create", "chat", "https://events.example.com/gyre", "--type=io.gyre.rotation.*", "--type=a.b"),
                errors());
        JsonNode sent = JSON.readTree(requests.get(0).substring("POST /operations/v1/webhooks ".length()));
        assertEquals(JSON.readTree("""
                {"name":"chat","url":"https://events.example.com/gyre","eventTypes":["io.gyre.rotation.*","a.b"]}
                """), sent);
        assertEquals("""
                chat is sent events at https://events.example.com/gyre
                  webhook  6f1c1f6e-6f4b-4d2b-9c1a-0d7c7c1c2b3a
                  secret   whsec_example
                The secret is not shown again: give it to the receiver, which checks signatures with it.
                """, output());
        assertEquals(0, gyre("create", "chat", "https://events.example.com/gyre"), errors());
        assertTrue(!requests.get(1).contains("eventTypes"), requests.get(1));
    }

    @Test
    void webhooksAreListedWithHowTheyFare() {
        answers.put("GET /operations/v1/webhooks", "{\"webhooks\":[" + WEBHOOK + "]}");
        assertEquals(0, gyre("list"), errors());
        assertTrue(output().contains(ID + "  chat                  Active          2       1  https://"), output());
        assertTrue(output().contains("  nothing could be delivered since 2026-03-02T10:00:00Z\n"), output());
    }

    @Test
    void ordersAreGivenAndARefusalIsTheApisSentence() {
        for (String verb : List.of("delete", "pause", "resume")) {
            answers.put("POST /operations/v1/webhooks/" + ID + "/" + verb, WEBHOOK);
            assertEquals(0, gyre(verb, ID), errors());
        }
        answers.put("POST /operations/v1/webhooks/" + ID + "/rotate-secret", OPENED);
        assertEquals(0, gyre("rotate-secret", ID), errors());
        assertTrue(output().contains("  secret   whsec_example\n"), output());
        answers.clear();
        assertEquals(1, gyre("pause", ID));
        assertEquals("gyre: There is nothing at POST /operations/v1/webhooks/" + ID + "/pause.\n", errors());
        assertEquals(2, gyre("pause", "no-id"));
    }

    @Test
    void theStatusOfATestSaysWhetherItWasDelivered() {
        String path = "POST /operations/v1/webhooks/" + ID + "/test";
        answers.put(path, "{\"delivered\":true,\"status\":204,\"finding\":\"answered 204\"}");
        assertEquals(0, gyre("test", ID), errors());
        answers.put(path, "{\"delivered\":false,\"finding\":\"could not be reached\"}");
        assertEquals(1, gyre("test", ID));
        assertEquals("""
                The receiver answered 204.
                Not delivered. The receiver could not be reached.
                """, output());
    }

    @Test
    void failedDeliveriesAreListedAndReplayed() {
        String delivery = "7a1c1f6e-6f4b-4d2b-9c1a-0d7c7c1c2b3b";
        answers.put("GET /operations/v1/webhooks/" + ID + "/deliveries?limit=20", """
                {"deliveries":[{"deliveryId":"DELIVERY","eventId":"e","eventType":"io.gyre.rotation.failed.v1","attempts":10,
                                "lastAnswer":"answered 503","failedAt":"2026-03-02T10:00:00.123Z"}]}
                """.replace("DELIVERY", delivery));
        assertEquals(0, gyre("deliveries", ID), errors());
        assertTrue(output().contains(delivery + "  2026-03-02T10:00:00Z  io.gyre.rotation.failed.v1"), output());
        answers.put("POST /operations/v1/webhooks/" + ID + "/deliveries/" + delivery + "/replay", WEBHOOK);
        assertEquals(0, gyre("replay", ID, delivery, "--json"), errors());
        assertTrue(output().contains("\"webhookId\" : \"" + ID + "\""), output());
    }
}
