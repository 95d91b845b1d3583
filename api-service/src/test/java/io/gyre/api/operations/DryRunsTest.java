package io.gyre.api.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.aliyun.kms20160120.models.DeleteSecretRequest;
import com.aliyun.kms20160120.models.RotateSecretRequest;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gyre.api.testing.Clients;
import io.gyre.api.testing.OperationsClient;
import io.gyre.api.testing.OperationsClient.Answer;
import io.gyre.api.testing.PlayedWorker;
import io.gyre.api.testing.Rows;
import io.gyre.api.testing.Secrets;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

@QuarkusTest
class DryRunsTest {
    @Inject
    Clients clients;

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

    private Answer dryRun(String secretName) {
        return operations.post(
                "/operations/v1/dry-runs",
                json.valueToTree(Map.of("secretName", secretName)).toString());
    }

    @Test
    void aDryRunAsksAWorkerForALookAndTellsWhatItSaw() throws Exception {
        String name = secrets.create(secrets.ecsKey()
                .setSecretData("{\"UserName\":\"dry-run-passes\",\"PublicKey\":\"ssh-rsa AAAA\","
                        + "\"PrivateKey\":\"-----BEGIN PRIVATE KEY-----\\nMIIE\\n-----END PRIVATE KEY-----\"}"));
        CompletableFuture<String> asked = worker.inspects("dry-run-passes", "Instance i-1 is running.", "");

        JsonNode seen = dryRun(name).json(200);

        assertEquals(name, seen.path("secretName").asText());
        assertTrue(seen.path("passed").asBoolean());
        assertEquals("Instance i-1 is running.", seen.path("report").path(0).asText());
        assertFalse(seen.has("finding"));
        assertTrue(asked.join().contains("ecs,SSHKey"), asked.join());
        assertEquals(0, rows.count("SELECT count(*) FROM inspection WHERE former = 'dry-run-passes'"));
        assertEquals(0, rows.activeRotation("rotation_id", name).size());
    }

    @Test
    void whatSpeaksAgainstARotationIsAnAnswerAndNoRefusal() throws Exception {
        String name = secrets.create(secrets.ecsPassword()
                .setSecretData("{\"UserName\":\"dry-run-fails\",\"Password\":\"ecs-password-1\"}"));
        CompletableFuture<String> asked = worker.inspects(
                "dry-run-fails", "Instance i-1 is stopped.", "Instance i-1 is stopped: start it, then try again.");

        JsonNode seen = dryRun(name).json(200);

        asked.join();
        assertFalse(seen.path("passed").asBoolean());
        assertEquals(
                "Instance i-1 is stopped: start it, then try again.",
                seen.path("finding").asText());
    }

    @Test
    void whereNoWorkerAnswersTheSentenceSaysWhatToStart() throws Exception {
        String name = secrets.create(secrets.ecsPassword()
                .setSecretData("{\"UserName\":\"dry-run-alone\",\"Password\":\"ecs-password-1\"}"));

        assertEquals(
                "No rotation worker looked at the target of " + name
                        + " within 15 s: start a rotation-worker that serves this type (./gyre status shows those of the"
                        + " local platform), then ask again.",
                dryRun(name).problem(503, "NoWorkerAnswered"));
        assertEquals(0, rows.count("SELECT count(*) FROM inspection WHERE former = 'dry-run-alone'"));
    }

    @Test
    void whatCouldNotBeRotatedNowIsRefusedAsARotationWouldBe() throws Exception {
        String generic = secrets.create(secrets.generic());
        String rotating = secrets.create(secrets.ecsKey());
        clients.current()
                .rotateSecret(new RotateSecretRequest().setSecretName(rotating).setVersionId("v2"));
        String deleted = secrets.create(secrets.ecsKey());
        clients.current().deleteSecret(new DeleteSecretRequest().setSecretName(deleted));

        dryRun(generic).problem(400, "UnsupportedOperation");
        assertEquals(
                "Your secret is being rotated, please try again later",
                dryRun(rotating).problem(409, "Rejected.ResourceInUse"));
        dryRun(deleted).problem(409, "Rejected.ResourceInDeleteWindow");
        dryRun("no-such-secret").problem(404, "Forbidden.ResourceNotFound");
        dryRun("nul\0and half \ud800").problem(400, "InvalidParameter");
        operations.post("/operations/v1/dry-runs", "{}").problem(400, "MissingParameter");
    }
}
