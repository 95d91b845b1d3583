package io.gyre.api.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.aliyun.kms20160120.models.RotateSecretRequest;
import com.fasterxml.jackson.databind.JsonNode;
import io.gyre.api.testing.Clients;
import io.gyre.api.testing.OperationsClient;
import io.gyre.api.testing.PlayedWorker;
import io.gyre.api.testing.Rows;
import io.gyre.api.testing.Secrets;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

@QuarkusTest
class OrphansTest {
    private static final String ORPHANS = "/operations/v1/orphans";

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

    private String rotate(String secret, String version) throws Exception {
        clients.current()
                .rotateSecret(new RotateSecretRequest().setSecretName(secret).setVersionId(version));
        return rows.activeRotation("rotation_id", secret).get(0);
    }

    private boolean isListed(String orphan) {
        String next = "";
        do {
            JsonNode page = operations
                    .get(ORPHANS + "?limit=1" + (next.isEmpty() ? "" : "&nextToken=" + next))
                    .json(200);
            for (JsonNode each : page.path("orphans")) {
                if (each.path("orphanId").asText().equals(orphan)) {
                    return true;
                }
            }
            next = page.path("nextToken").asText("");
        } while (!next.isEmpty());
        return false;
    }

    @Test
    void whatIsLeftAtATargetIsListedUntilItIsRemoved() throws Exception {
        String id = rotate(secrets.create(secrets.ram()), "v2");
        String first = worker.orphan(id, "LTAIfirst");
        String second = worker.orphan(id, "LTAIsecond");

        assertTrue(isListed(first));
        assertTrue(isListed(second));
        rows.change("UPDATE orphan SET removed_at = calendar_now() WHERE orphan_id = ?", Long.parseLong(first));
        assertEquals(false, isListed(first));
        JsonNode both =
                operations.get("/operations/v1/rotations/" + id).json(200).path("orphans");
        assertEquals("LTAIfirst", both.path(0).path("credentialName").asText());
        assertTrue(both.path(0).has("removedAt"));
        assertEquals("LTAIsecond", both.path(1).path("credentialName").asText());
    }

    @Test
    void removingTheOrphanOfARunningRotationOrdersItsRollBack() throws Exception {
        String id = rotate(secrets.create(secrets.ram()), "v2");
        String orphan = worker.orphan(id, "LTAIrunning");

        JsonNode ordered = operations.post(ORPHANS + "/" + orphan + "/remove").json(202);

        assertEquals(id, ordered.path("rotationId").asText());
        assertEquals("roll-back", ordered.path("pendingOrder").path("verb").asText());
        operations.post(ORPHANS + "/" + orphan + "/remove").problem(409, "OrderPending");
    }

    @Test
    void removingTheOrphanOfAnEndedRotationOpensItAgain() throws Exception {
        String id = rotate(secrets.create(secrets.ram()), "v2");
        worker.step(id, "Failed", "Given up.");
        String orphan = worker.orphan(id, "LTAIgivenup");
        CompletableFuture<Void> taken = worker.takesOrder(id, "Failed", "LTAIgivenup is disabled and deleted.");

        JsonNode done = operations.post(ORPHANS + "/" + orphan + "/remove").json(200);

        taken.join();
        assertEquals("LTAIgivenup is disabled and deleted.", done.path("note").asText());
        assertEquals("Failed", done.path("state").asText());
    }

    @Test
    void aRotationIsNotOpenedAgainWhileAnotherOneOfItsSecretRuns() throws Exception {
        String name = secrets.create(secrets.ram());
        String ended = rotate(name, "v2");
        worker.step(ended, "Failed", "Given up.");
        String orphan = worker.orphan(ended, "LTAIlocked");
        String running = rotate(name, "v3");

        assertEquals(
                "Your secret is being rotated, please try again later",
                operations.post(ORPHANS + "/" + orphan + "/remove").problem(409, "SecretBeingRotated"));
        assertEquals("Failed", rows.text("SELECT state FROM rotation WHERE rotation_id = CAST(? AS uuid)", ended));
        assertEquals(
                "0",
                rows.text(
                        "SELECT count(*) FROM rotation WHERE rotation_id = CAST(? AS uuid) AND ordered IS NOT NULL",
                        running));
    }

    @Test
    void whatIsNoOrphanOrNotAnyMoreIsRefused() throws Exception {
        String id = rotate(secrets.create(secrets.ram()), "v2");
        String orphan = worker.orphan(id, "LTAIgone");
        rows.change("UPDATE orphan SET removed_at = calendar_now() WHERE orphan_id = ?", Long.parseLong(orphan));

        assertEquals(
                "LTAIgone has been removed from its target already: nothing is left to do.",
                operations.post(ORPHANS + "/" + orphan + "/remove").problem(409, "OrphanRemoved"));
        operations.post(ORPHANS + "/999999999/remove").problem(404, "OrphanNotFound");
        operations.post(ORPHANS + "/LTAIgone/remove").problem(400, "InvalidParameter");
        operations.get(ORPHANS + "?nextToken=x").problem(400, "InvalidParameter");
    }
}
