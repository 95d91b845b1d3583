package io.gyre.api.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.aliyun.kms20160120.models.DeleteSecretRequest;
import com.aliyun.kms20160120.models.RotateSecretRequest;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gyre.api.testing.Clients;
import io.gyre.api.testing.Identities;
import io.gyre.api.testing.OperationsClient;
import io.gyre.api.testing.OperationsClient.Answer;
import io.gyre.api.testing.PlayedWorker;
import io.gyre.api.testing.Rows;
import io.gyre.api.testing.Secrets;
import io.gyre.rpc.RpcCredentials;
import io.gyre.secret.SecretText;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

@QuarkusTest
class DriftTest {
    private static final String DRIFT = "/operations/v1/drift";

    @Inject
    Clients clients;

    @Inject
    Identities identities;

    @Inject
    Secrets secrets;

    @Inject
    Rows rows;

    @Inject
    OperationsClient operations;

    @Inject
    PlayedWorker worker;

    @Inject
    ObjectMapper json;

    private Answer post(String verb, String secretName) {
        return operations.post(
                DRIFT + "/" + verb,
                json.valueToTree(Map.of("secretName", secretName)).toString());
    }

    private String row(String secretName, String column) {
        return rows.text(
                "SELECT CAST(" + column + " AS text) FROM drift_check JOIN secret USING (secret_id) WHERE name = ?",
                secretName);
    }

    private static List<String> names(JsonNode page) {
        List<String> names = new ArrayList<>();
        page.path("secrets").forEach(each -> names.add(each.path("secretName").asText()));
        return names;
    }

    @Test
    void everySecretThatIsRotatedIsLookedAtAndNoOther() throws Exception {
        String managed = secrets.create(secrets.ram());
        String generic = secrets.create(secrets.generic());
        assertEquals("RAMCredentials", row(managed, "drift_check.secret_type"));
        assertEquals(
                0,
                rows.count("SELECT count(*) FROM drift_check JOIN secret USING (secret_id) WHERE name = ?", generic));
    }

    @Test
    void whereSomethingIsWrongIsListedByNameWithWhatIsSeenWhatItMeansAndWhatToDo() throws Exception {
        String first = secrets.create(secrets.rdsSingle().setSecretName("drift-list/a"));
        String second = secrets.create(secrets.rdsSingle().setSecretName("drift-list/b"));
        String sound = secrets.create(secrets.rdsSingle().setSecretName("drift-list/c"));
        worker.findsDrift(first, "Drifted", "It is refused.");
        worker.findsDrift(second, "Unchecked", "It was not reached.");
        worker.findsDrift(sound, "Good", "");

        String list = DRIFT + "?secret=drift-list/&limit=1";
        JsonNode page = operations.get(list).json(200);
        assertEquals(List.of(first), names(page));
        JsonNode found = page.at("/secrets/0");
        assertEquals(
                "Rds Drifted It is refused. It means this. Do that.",
                String.join(
                        " ",
                        found.path("secretType").asText(),
                        found.path("state").asText(),
                        found.path("seen").asText(),
                        found.path("means").asText(),
                        found.path("do").asText()));
        assertTrue(found.has("since") && found.has("lookedAt") && found.has("decidedAt"));
        JsonNode next = operations
                .get(list + "&nextToken=" + page.path("nextToken").asText())
                .json(200);
        assertEquals(List.of(second), names(next));
        JsonNode last = operations
                .get(list + "&nextToken=" + next.path("nextToken").asText())
                .json(200);
        assertEquals(List.of(), names(last));
        assertFalse(last.has("nextToken"));
        operations.get(DRIFT + "?nextToken=%00").problem(400, "InvalidParameter");
    }

    @Test
    void theListOfSecretsShowsItToo() throws Exception {
        String name = secrets.create(secrets.ram());
        String view = "/operations/v1/secrets?view=kms-1.0&secret=" + name;
        assertFalse(operations.get(view).json(200).at("/secrets/0").has("drift"));
        worker.findsDrift(name, "PreviousDrifted", "It is refused.");
        assertEquals(
                "PreviousDrifted",
                operations.get(view).json(200).at("/secrets/0/drift").asText());
    }

    @Test
    void aCheckAsksAWorkerForALookAndTellsWhatItFound() throws Exception {
        String name = secrets.create(secrets.ecsKey());
        CompletableFuture<Void> looks = worker.checksDrift(name, "Drifted", "The login is refused.");

        JsonNode found = post("check", name).json(200);

        looks.join();
        assertEquals(name, found.path("secretName").asText());
        assertEquals("Drifted", found.path("state").asText());
        assertEquals("The login is refused.", found.path("seen").asText());
        assertEquals(0, rows.activeRotation("rotation_id", name).size(), "a finding mends nothing");
    }

    @Test
    void whatALookFoundThatHadBegunBeforeIsNoAnswer() throws Exception {
        String name = secrets.create(secrets.ecsKey());
        worker.findsDrift(name, "Drifted", "Found before it was asked.");
        String claim = row(name, "claim");
        CompletableFuture<Void> looks = worker.checksDrift(name, "Good", "");

        assertEquals("Good", post("check", name).json(200).path("state").asText());

        looks.join();
        assertEquals(Long.parseLong(claim) + 1, Long.parseLong(row(name, "claim")), "so it cannot write any more");
    }

    @Test
    void whereNoWorkerAnswersTheSentenceSaysWhatToStart() throws Exception {
        String name = secrets.create(secrets.ecsKey());
        assertTrue(post("check", name).problem(503, "NoWorkerAnswered").startsWith("No rotation worker looked at"));
    }

    @Test
    void whatCouldNotBeRotatedNowIsNeitherLookedAtNorRepaired() throws Exception {
        String generic = secrets.create(secrets.generic());
        String rotating = secrets.create(secrets.ecsKey());
        worker.findsDrift(rotating, "Drifted", "It is refused.");
        clients.current()
                .rotateSecret(new RotateSecretRequest().setSecretName(rotating).setVersionId("v2"));
        String deleted = secrets.create(secrets.ecsKey());
        worker.findsDrift(deleted, "Drifted", "It is refused.");
        clients.current().deleteSecret(new DeleteSecretRequest().setSecretName(deleted));

        for (String verb : List.of("check", "repair")) {
            post(verb, generic).problem(400, "UnsupportedOperation");
            assertEquals(
                    "Your secret is being rotated, please try again later",
                    post(verb, rotating).problem(409, "Rejected.ResourceInUse"));
            post(verb, deleted).problem(409, "Rejected.ResourceInDeleteWindow");
            post(verb, "no-such-secret").problem(404, "Forbidden.ResourceNotFound");
            post(verb, "nul\0and half \ud800").problem(400, "InvalidParameter");
            operations.post(DRIFT + "/" + verb, "{}").problem(400, "MissingParameter");
        }
    }

    @Test
    void aRepairIsARotationThatAPersonOrderedAndTheSecretIsLockedMeanwhile() throws Exception {
        String name = secrets.create(secrets.ram());
        worker.findsDrift(name, "Drifted", "It is refused.");

        JsonNode rotation = post("repair", name).json(200);

        assertEquals("repair", rotation.path("trigger").asText());
        String id = rotation.path("rotationId").asText();
        assertEquals(List.of(id), rows.activeRotation("rotation_id", name));
        assertEquals(
                operations.administrator().accessKeyId()
                        + " ordered a repair, since the target refuses a credential of this secret.",
                rotation.path("note").asText());
        assertEquals(
                id,
                operations
                        .get(DRIFT + "?secret=" + name)
                        .json(200)
                        .at("/secrets/0/rotationId")
                        .asText());
        post("repair", name).problem(409, "Rejected.ResourceInUse");
    }

    @Test
    void nothingIsRepairedThatNoLookFoundToBeRefused() throws Exception {
        String name = secrets.create(secrets.rdsSingle());
        for (String state : List.of("Good", "Unchecked")) {
            worker.findsDrift(name, state, state.equals("Good") ? "" : "It was not reached.");
            assertEquals(
                    "No look found that the target refuses a credential of " + name
                            + ": have it looked at first (./gyre drift check), or rotate it as ever by RotateSecret.",
                    post("repair", name).problem(409, "NothingToRepair"));
        }
        assertEquals(0, rows.activeRotation("rotation_id", name).size());
        worker.findsDrift(name, "PreviousDrifted", "It is refused.");
        post("repair", name).json(200);
    }

    @Test
    void eachOfThemNeedsThePermissionOfItsName() throws Exception {
        Clients.AccessKey user = identities.keyOf(identities.user());
        RpcCredentials key = new RpcCredentials(user.id(), SecretText.of(user.secret()));
        Map<String, String> needed =
                Map.of("/check", "gyre:CheckDrift", "/repair", "gyre:RepairSecret", "", "gyre:ListDrift");
        needed.forEach((path, permission) -> {
            String method = path.isEmpty() ? "GET" : "POST";
            String body = path.isEmpty() ? "" : "{\"secretName\":\"any\"}";
            Answer answer = operations.send(
                    method, DRIFT + path, body, operations.headers(method, DRIFT + path, body, key, Instant.now()));
            String refusal = answer.problem(403, "Forbidden.NoPermission");
            assertTrue(refusal.contains(permission), refusal);
        });
    }
}
