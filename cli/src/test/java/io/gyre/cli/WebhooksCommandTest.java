package io.gyre.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

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

    @RegisterExtension
    private final PlayedApi api = new PlayedApi();

    private int gyre(String... arguments) {
        return api.gyre(
                Stream.concat(Stream.of("webhooks"), Stream.of(arguments)).toArray(String[]::new));
    }

    @Test
    void aWebhookIsMadeAsTheOptionsSayAndItsSecretIsShown() throws Exception {
        api.answer("POST /operations/v1/webhooks", OPENED);
        assertEquals(
                0,
                gyre("create", "chat", "https://events.example.com/gyre", "--type=io.gyre.rotation.*", "--type=a.b"),
                api.errors());
        JsonNode sent = JSON.readTree(api.requests().get(0).substring("POST /operations/v1/webhooks ".length()));
        assertEquals(JSON.readTree("""
                {"name":"chat","url":"https://events.example.com/gyre","eventTypes":["io.gyre.rotation.*","a.b"]}
                """), sent);
        assertEquals("""
                chat is sent events at https://events.example.com/gyre
                  webhook  6f1c1f6e-6f4b-4d2b-9c1a-0d7c7c1c2b3a
                  secret   whsec_example
                The secret is not shown again: give it to the receiver, which checks signatures with it.
                """, api.output());
        assertEquals(0, gyre("create", "chat", "https://events.example.com/gyre"), api.errors());
        assertTrue(!api.requests().get(1).contains("eventTypes"), api.requests().get(1));
    }

    @Test
    void webhooksAreListedWithHowTheyFare() {
        api.answer("GET /operations/v1/webhooks", "{\"webhooks\":[" + WEBHOOK + "]}");
        assertEquals(0, gyre("list"), api.errors());
        assertTrue(
                api.output().contains(ID + "  chat                  Active          2       1  https://"),
                api.output());
        assertTrue(api.output().contains("  nothing could be delivered since 2026-03-02T10:00:00Z\n"), api.output());
    }

    @Test
    void ordersAreGivenAndARefusalIsTheApisSentence() {
        for (String verb : List.of("delete", "pause", "resume")) {
            api.answer("POST /operations/v1/webhooks/" + ID + "/" + verb, WEBHOOK);
            assertEquals(0, gyre(verb, ID), api.errors());
        }
        api.answer("POST /operations/v1/webhooks/" + ID + "/rotate-secret", OPENED);
        assertEquals(0, gyre("rotate-secret", ID), api.errors());
        assertTrue(api.output().contains("  secret   whsec_example\n"), api.output());
        api.answerNothing();
        assertEquals(1, gyre("pause", ID));
        assertEquals("gyre: There is nothing at POST /operations/v1/webhooks/" + ID + "/pause.\n", api.errors());
        assertEquals(2, gyre("pause", "no-id"));
    }

    @Test
    void theStatusOfATestSaysWhetherItWasDelivered() {
        String path = "POST /operations/v1/webhooks/" + ID + "/test";
        api.answer(path, "{\"delivered\":true,\"status\":204,\"finding\":\"answered 204\"}");
        assertEquals(0, gyre("test", ID), api.errors());
        api.answer(path, "{\"delivered\":false,\"finding\":\"could not be reached\"}");
        assertEquals(1, gyre("test", ID));
        assertEquals("""
                The receiver answered 204.
                Not delivered. The receiver could not be reached.
                """, api.output());
    }

    @Test
    void failedDeliveriesAreListedAndReplayed() {
        String delivery = "7a1c1f6e-6f4b-4d2b-9c1a-0d7c7c1c2b3b";
        api.answer("GET /operations/v1/webhooks/" + ID + "/deliveries?limit=20", """
                {"deliveries":[{"deliveryId":"DELIVERY","eventId":"e","eventType":"io.gyre.rotation.failed.v1","attempts":10,
                                "lastAnswer":"answered 503","failedAt":"2026-03-02T10:00:00.123Z"}]}
                """.replace("DELIVERY", delivery));
        assertEquals(0, gyre("deliveries", ID), api.errors());
        assertTrue(
                api.output().contains(delivery + "  2026-03-02T10:00:00Z  io.gyre.rotation.failed.v1"), api.output());
        api.answer("POST /operations/v1/webhooks/" + ID + "/deliveries/" + delivery + "/replay", WEBHOOK);
        assertEquals(0, gyre("replay", ID, delivery, "--json"), api.errors());
        assertTrue(api.output().contains("\"webhookId\" : \"" + ID + "\""), api.output());
    }
}
