package io.gyre.api.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.aliyun.kms20160120.models.RotateSecretRequest;
import com.fasterxml.jackson.databind.JsonNode;
import io.gyre.api.testing.Clients;
import io.gyre.api.testing.KafkaReader;
import io.gyre.api.testing.LaidAside;
import io.gyre.api.testing.OperationsClient;
import io.gyre.api.testing.Rows;
import io.gyre.api.testing.Secrets;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@QuarkusTest
class DeadLettersTest {
    private static final String PATH = "/operations/v1/dead-letters";

    @Inject
    Clients clients;

    @Inject
    Secrets secrets;

    @Inject
    Rows rows;

    @Inject
    OperationsClient operations;

    @Inject
    LaidAside laidAside;

    @ConfigProperty(name = "gyre.kafka.bootstrap-servers")
    String kafka;

    private String laidAside(byte @Nullable [] value) throws Exception {
        return laidAside.letter(value, "Not\na request");
    }

    private JsonNode shown(String id) {
        return operations.get(PATH + "/" + id).json(200);
    }

    @Test
    void whateverBytesARecordIsMadeOfItIsShown() throws Exception {
        byte[] garbage = {0, (byte) 0xff, '{', 10};
        String id = laidAside(garbage);
        JsonNode letter = shown(id);
        assertEquals(id, letter.path("id").asText());
        assertEquals(
                Base64.getEncoder().encodeToString(garbage),
                letter.path("base64").asText());
        assertFalse(letter.has("text") || letter.path("cut").asBoolean());
        assertEquals("Not?a request", letter.path("reason").asText());
        assertEquals(
                "gyre.rotation.requests.rds 12",
                letter.path("topic").asText() + " " + letter.path("offset").asText());
        assertEquals("k?\ufffd", letter.path("key").asText());
    }

    @Test
    void aRecordWithoutAValueIsShownToo() throws Exception {
        JsonNode letter = shown(laidAside(null));
        assertEquals(
                "0 ", letter.path("size").asInt() + " " + letter.path("text").asText());
    }

    @Test
    void ofALargeOneTheBeginningIsShownWithoutAHalfCharacter() throws Exception {
        String id = laidAside(("x" + "ä".repeat(40_000)).getBytes(StandardCharsets.UTF_8));
        JsonNode letter = shown(id);
        assertTrue(letter.path("cut").asBoolean());
        assertEquals(80_001, letter.path("size").asInt());
        assertEquals("x" + "ä".repeat(32_767), letter.path("text").asText());
    }

    @Test
    void theListHasTheLatestFirst() throws Exception {
        laidAside("{\"earlier\":1}".getBytes(StandardCharsets.UTF_8));
        String latest = laidAside("{\"later\":1}".getBytes(StandardCharsets.UTF_8));
        JsonNode page = operations.get(PATH + "?limit=1").json(200).path("deadLetters");
        assertEquals(1, page.size());
        assertEquals(latest, page.path(0).path("id").asText());
    }

    @Test
    void oneThatIsMendedWakesItsRotation() throws Exception {
        String name = secrets.create(secrets.rdsSingle());
        clients.current()
                .rotateSecret(new RotateSecretRequest().setSecretName(name).setVersionId("v2"));
        String rotation =
                String.valueOf(rows.activeRotation("rotation_id", name).get(0));
        String arn = "acs:kms:cn-hangzhou:1000000000000001:secret/" + name;
        String id = laidAside("{\"rotationId\":".getBytes(StandardCharsets.UTF_8));

        assertEquals(
                "Dead letter " + id
                        + " is no request for a rotation: give as value what it should have been, an object with"
                        + " rotationId, secretArn and rotationType.",
                operations.post(PATH + "/" + id + "/replay").problem(409, "DeadLetterUnreadable"));
        assertEquals(
                "Rotation " + rotation + " is of type rds and of secret " + arn
                        + ": a request for it has the same rotationType and secretArn.",
                operations
                        .post(PATH + "/" + id + "/replay", mended(rotation, arn, "ram"))
                        .problem(409, "RequestMismatch"));
        operations
                .post(PATH + "/" + id + "/replay", mended(UUID.randomUUID().toString(), arn, "rds"))
                .problem(404, "RotationNotFound");
        operations
                .post(PATH + "/" + id + "/replay", "{\"value\":{\"rotationId\":\"" + rotation + "\"}}")
                .problem(400, "MissingParameter");
        operations
                .post(PATH + "/" + id + "/replay", "{\"value\":{\"rotationId\":1}}")
                .problem(400, "UnreadableBody");

        JsonNode sent = operations
                .post(PATH + "/" + id + "/replay", mended(rotation, arn, "rds"))
                .json(200);
        assertEquals("gyre.rotation.requests.rds", sent.path("topic").asText());
        try (KafkaReader reader = new KafkaReader(kafka)) {
            assertEquals(
                    2,
                    reader.await(
                                    2,
                                    record -> record.topic().equals("gyre.rotation.requests.rds")
                                            && record.value().contains(rotation))
                            .size());
        }
        assertTrue(rows.count(
                        "SELECT count(*) FROM audit_line WHERE event::jsonb ->> 'eventName' = 'ReplayDeadLetter'"
                                + " AND event LIKE '%' || ? || '%'",
                        id)
                > 0);
    }

    private static String mended(String rotation, String arn, String type) {
        return "{\"value\":{\"rotationId\":\"" + rotation + "\",\"secretArn\":\"" + arn + "\",\"rotationType\":\""
                + type + "\"}}";
    }

    @Test
    void oneThatCanBeReadIsSentAsItIs() throws Exception {
        String name = secrets.create(secrets.ecsKey());
        clients.current()
                .rotateSecret(new RotateSecretRequest().setSecretName(name).setVersionId("v2"));
        String rotation =
                String.valueOf(rows.activeRotation("rotation_id", name).get(0));
        String arn = "acs:kms:cn-hangzhou:1000000000000001:secret/" + name;
        String request = "{\"rotationId\":\"" + rotation + "\",\"secretArn\":\"" + arn + "\",\"rotationType\":\"ecs\"}";
        String id = laidAside(request.getBytes(StandardCharsets.UTF_8));
        assertEquals(
                rotation,
                operations
                        .post(PATH + "/" + id + "/replay")
                        .json(200)
                        .path("value")
                        .path("rotationId")
                        .asText());
    }

    @Test
    void whatIsNotThereIsRefused() {
        assertEquals(
                "There is no dead letter 0-999999999: GET /operations/v1/dead-letters lists the newest ones; they are kept for 30"
                        + " days.",
                operations.get(PATH + "/0-999999999").problem(404, "DeadLetterNotFound"));
        operations.get(PATH + "/7-0").problem(404, "DeadLetterNotFound");
        assertEquals(
                "The dead letter's id is \"first\": it must be a partition and an offset, as 0-17 in the list.",
                operations.get(PATH + "/first").problem(400, "InvalidParameter"));
        operations.get(PATH + "?limit=201").problem(400, "InvalidParameter");
    }
}
