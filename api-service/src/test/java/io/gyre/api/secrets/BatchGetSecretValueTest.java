package io.gyre.api.secrets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.aliyun.kms20160120.models.DeleteSecretRequest;
import com.aliyun.kms20160120.models.PutSecretValueRequest;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.api.testing.Clients;
import io.gyre.api.testing.Refusal;
import io.gyre.api.testing.Rows;
import io.gyre.api.testing.Secrets;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** By the SDK's generic call: the published version has no method for this action yet. */
@QuarkusTest
class BatchGetSecretValueTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Inject
    Clients clients;

    @Inject
    Secrets secrets;

    @Inject
    Rows rows;

    @Test
    void eachValueIsWhatGetSecretValueAnswers() throws Exception {
        String generic = secrets.create(secrets.generic());
        put(generic, "v2", "second value");
        String managed = secrets.create(secrets.rdsDouble());
        JsonNode answer = batch(List.of(
                Map.of("SecretName", generic),
                Map.of("SecretName", managed, "VersionStage", "ACSPrevious", "FetchExtendedConfig", true)));
        assertEquals(0, answer.path("Errors").size());
        assertEquals(
                single(answer, Map.of("SecretName", generic)),
                answer.path("SecretValues").path(0));
        assertEquals(
                single(
                        answer,
                        Map.of("SecretName", managed, "VersionStage", "ACSPrevious", "FetchExtendedConfig", "true")),
                answer.path("SecretValues").path(1));
        assertEquals(2, answer.path("SecretValues").size());
    }

    @Test
    void aVersionOrALabelIsReadEachByItsOwnEntry() throws Exception {
        List<Map<String, Object>> wanted = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            String name = secrets.create(secrets.generic().setSecretData("first of " + i));
            put(name, "v2", "second of " + i);
            wanted.add(
                    switch (i % 4) {
                        case 0 -> Map.of("SecretName", name);
                        case 1 -> Map.of("SecretName", name, "VersionId", "v1");
                        case 2 -> Map.of("SecretName", name, "VersionStage", "ACSPrevious");
                        default -> Map.of("SecretName", name, "VersionId", "v2", "VersionStage", "ACSCurrent");
                    });
        }
        JsonNode values = batch(wanted).path("SecretValues");
        for (int i = 0; i < 20; i++) {
            boolean second = i % 4 == 0 || i % 4 == 3;
            assertEquals(
                    (second ? "second of " : "first of ") + i,
                    values.path(i).path("SecretData").asText());
        }
    }

    @Test
    void whatIsWrongWithOneIsToldBesideTheValuesOfTheOthers() throws Exception {
        String good = secrets.create(secrets.generic());
        String managed = secrets.create(secrets.ecsPassword());
        String deleted = secrets.create(secrets.generic());
        clients.current().deleteSecret(new DeleteSecretRequest().setSecretName(deleted));
        String other = secrets.create(secrets.generic());
        String third = secrets.create(secrets.generic());
        JsonNode answer = batch(List.of(
                Map.of("SecretName", "absent"),
                Map.of("SecretName", good),
                Map.of("SecretName", managed, "VersionStage", "Blue"),
                Map.of("SecretName", deleted),
                Map.of("SecretName", other, "VersionId", "v9"),
                Map.of("SecretName", third, "VersionId", "v1", "VersionStage", "ACSPrevious"),
                Map.of("SecretName", "no name"),
                Map.of("SecretName", "acs:kms:cn-beijing:1:secret/x")));
        assertEquals(1, answer.path("SecretValues").size());
        assertEquals(
                "first value",
                answer.path("SecretValues").path(0).path("SecretData").asText());
        List<String> errors = new ArrayList<>();
        for (JsonNode error : answer.path("Errors")) {
            errors.add(error.path("SecretName").asText() + " "
                    + error.path("HttpStatus").intValue() + " "
                    + error.path("Code").asText());
            assertFalse(error.path("Message").asText().isEmpty());
        }
        assertEquals(
                List.of(
                        "absent 404 Forbidden.ResourceNotFound",
                        managed + " 400 InvalidParameter",
                        deleted + " 409 Rejected.ResourceInDeleteWindow",
                        other + " 404 Forbidden.ResourceNotFound",
                        third + " 404 Forbidden.ResourceNotFound",
                        "no name 400 InvalidParameter",
                        "acs:kms:cn-beijing:1:secret/x 404 Forbidden.ResourceNotFound"),
                errors);
    }

    @Test
    void aCandidateIsNeverAmongThem() throws Exception {
        String name = secrets.create(secrets.ecsPassword());
        clients.call(
                "RotateSecret",
                Map.of(
                        "SecretName",
                        name,
                        "VersionId",
                        "v2",
                        "SecretData",
                        "{\"UserName\":\"root\",\"Password\":\"chosen-password\"}"));
        assertEquals(
                1,
                rows.count(
                        "SELECT count(*) FROM secret_version JOIN secret USING (secret_id)"
                                + " WHERE name = ? AND version_id = 'v2' AND pending",
                        name));
        JsonNode answer = batch(List.of(Map.of("SecretName", name, "VersionId", "v2")));
        assertEquals("v1", answer.path("SecretValues").path(0).path("VersionId").asText());
    }

    @Test
    void aListThatIsNoneIsRefusedAsAWhole() throws Exception {
        String name = secrets.create(secrets.generic());
        String arn = "acs:kms:cn-hangzhou:1000000000000001:secret/" + name;
        List<Map<String, Object>> tooMany = new ArrayList<>();
        for (int i = 0; i < 21; i++) {
            tooMany.add(Map.of("SecretName", "secret-" + i));
        }
        for (String bad : List.of(
                "x",
                "{}",
                "[]",
                "[1]",
                "[\"" + name + "\"]",
                "[{}]",
                "[{\"SecretName\":\"\"}]",
                "[{\"SecretName\":\"" + name + "\",\"Colour\":\"red\"}]",
                JSON.writeValueAsString(tooMany),
                JSON.writeValueAsString(List.of(Map.of("SecretName", name), Map.of("SecretName", arn))))) {
            Refusal.expect(
                    400, "InvalidParameter", () -> clients.call("BatchGetSecretValue", Map.of("SecretsList", bad)));
        }
        Refusal.expect(400, "MissingParameter", () -> clients.call("BatchGetSecretValue", Map.of()));
    }

    private JsonNode batch(List<? extends Map<String, ?>> wanted) throws Exception {
        JsonNode answer = JSON.valueToTree(
                clients.call("BatchGetSecretValue", Map.of("SecretsList", JSON.writeValueAsString(wanted))));
        assertEquals(ArrayNode.class, answer.path("SecretValues").getClass());
        return answer;
    }

    /** The answer of GetSecretValue, as if it came with the batch. */
    private JsonNode single(JsonNode batch, Map<String, String> parameters) throws Exception {
        ObjectNode value = JSON.valueToTree(clients.call("GetSecretValue", parameters));
        return value.put("RequestId", batch.path("RequestId").asText());
    }

    private void put(String name, String versionId, String value) throws Exception {
        clients.current()
                .putSecretValue(new PutSecretValueRequest()
                        .setSecretName(name)
                        .setVersionId(versionId)
                        .setSecretData(value));
    }
}
