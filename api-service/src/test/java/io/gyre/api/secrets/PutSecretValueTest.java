package io.gyre.api.secrets;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.aliyun.kms20160120.models.DeleteSecretRequest;
import com.aliyun.kms20160120.models.GetSecretValueRequest;
import com.aliyun.kms20160120.models.PutSecretValueRequest;
import com.aliyun.kms20160120.models.PutSecretValueResponseBody;
import io.gyre.api.testing.Clients;
import io.gyre.api.testing.Refusal;
import io.gyre.api.testing.Rows;
import io.gyre.api.testing.Secrets;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
class PutSecretValueTest {
    @Inject
    Clients clients;

    @Inject
    Secrets secrets;

    @Inject
    Rows rows;

    @Test
    void theNewVersionBecomesCurrentAndTheOldOnePrevious() throws Exception {
        String name = secrets.create(secrets.generic());
        PutSecretValueResponseBody answer = put(name, "v2", "second value");
        assertEquals("v2", answer.getVersionId());
        assertEquals(List.of("ACSCurrent"), answer.getVersionStages().getVersionStage());
        put(name, "v3", "third value");
        assertEquals(List.of("ACSCurrent v3", "ACSPrevious v2"), stages(name));
        assertEquals("third value", value(name));
    }

    @Test
    void aLabelOfTheOwnersOwnLeavesTheOthersAlone() throws Exception {
        String name = secrets.create(secrets.generic());
        PutSecretValueResponseBody answer = clients.current()
                .putSecretValue(request(name, "v2", "second value").setVersionStages("[\"Next\",\"Canary\"]"))
                .getBody();
        assertEquals(List.of("Canary", "Next"), answer.getVersionStages().getVersionStage());
        assertEquals(List.of("ACSCurrent v1", "Canary v2", "Next v2"), stages(name));
        clients.current().putSecretValue(request(name, "v3", "third").setVersionStages("[\"Next\"]"));
        assertEquals(List.of("ACSCurrent v1", "Canary v2", "Next v3"), stages(name));
    }

    @Test
    void theSameVersionWithTheSameValueIsDoneAlready() throws Exception {
        String name = secrets.create(secrets.generic());
        put(name, "v2", "second value");
        put(name, "v3", "third value");
        String before = rows.everythingKept();
        assertEquals(
                List.of("ACSPrevious"),
                put(name, "v2", "second value").getVersionStages().getVersionStage());
        assertEquals(before, rows.everythingKept());
    }

    @Test
    void theSameVersionWithAnotherValueOrTypeIsRefused() throws Exception {
        String name = secrets.create(secrets.generic());
        String before = rows.everythingKept();
        String message = "The request was rejected becasue key already exsit";
        Refusal.expect(409, "Rejected.ResourceExist", message, () -> put(name, "v1", "another value"));
        Refusal.expect(409, "Rejected.ResourceExist", message, () -> clients.current()
                .putSecretValue(request(name, "v1", "first value").setSecretDataType("binary")));
        assertEquals(before, rows.everythingKept());
    }

    @Test
    void tenVersionsAreKeptAndTheOldestWithoutALabelGoesFirst() throws Exception {
        String name = secrets.create(secrets.generic());
        clients.current().putSecretValue(request(name, "v2", "value 2").setVersionStages("[\"Kept\"]"));
        for (int i = 3; i <= 14; i++) {
            put(name, "v" + i, "value " + i);
        }
        assertEquals(
                List.of("v2", "v6", "v7", "v8", "v9", "v10", "v11", "v12", "v13", "v14"),
                rows.texts(
                        "SELECT version_id FROM secret_version JOIN secret USING (secret_id) WHERE name = ?"
                                + " ORDER BY secret_version.created_at",
                        name));
    }

    @Test
    void aSecretWhoseVersionsAllHaveLabelsTakesNoMore() throws Exception {
        String name = secrets.create(secrets.generic());
        for (int i = 2; i <= 10; i++) {
            clients.current().putSecretValue(request(name, "v" + i, "value").setVersionStages("[\"L" + i + "\"]"));
        }
        String before = rows.everythingKept();
        Refusal.expect(400, "Rejected.LimitExceeded", "exceed secret limits error", () -> clients.current()
                .putSecretValue(request(name, "v11", "value").setVersionStages("[\"L11\"]")));
        assertEquals(before, rows.everythingKept());
    }

    @Test
    void whatCannotBePutLeavesNoTrace() throws Exception {
        String generic = secrets.create(secrets.generic());
        String managed = secrets.create(secrets.rdsSingle());
        String deleted = secrets.create(secrets.generic());
        clients.current().deleteSecret(new DeleteSecretRequest().setSecretName(deleted));
        String before = rows.everythingKept();
        Refusal.expect(400, "UnsupportedOperation", () -> put(managed, "v2", "x"));
        Refusal.expect(
                409, "Rejected.ResourceInDeleteWindow", "secret in delete peroid", () -> put(deleted, "v2", "x"));
        Refusal.expect(404, "Forbidden.ResourceNotFound", "Resource not found.", () -> put("absent", "v2", "x"));
        Refusal.expect(400, "MissingParameter", () -> put(generic, null, "x"));
        Refusal.expect(400, "MissingParameter", () -> put(generic, "v2", null));
        for (String stages : List.of("[]", "ACSCurrent", "{}", "[1]", "[\"\"]", "[\"a b\"]", "[\"ACSPrevious\"]")) {
            Refusal.expect(400, "InvalidParameter", () -> clients.current()
                    .putSecretValue(request(generic, "v2", "x").setVersionStages(stages)));
        }
        assertEquals(before, rows.everythingKept());
    }

    private PutSecretValueResponseBody put(String name, String versionId, String value) throws Exception {
        return clients.current().putSecretValue(request(name, versionId, value)).getBody();
    }

    private static PutSecretValueRequest request(String name, String versionId, String value) {
        return new PutSecretValueRequest()
                .setSecretName(name)
                .setVersionId(versionId)
                .setSecretData(value);
    }

    private String value(String name) throws Exception {
        return clients.current()
                .getSecretValue(new GetSecretValueRequest().setSecretName(name))
                .getBody()
                .getSecretData();
    }

    private List<String> stages(String name) {
        return rows.texts(
                "SELECT stage || ' ' || version_id FROM secret_stage JOIN secret USING (secret_id) WHERE name = ?"
                        + " ORDER BY stage",
                name);
    }
}
