package io.gyre.api.operations;

import static java.util.Map.entry;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gyre.api.testing.OperationsClient;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

@QuarkusTest
class OperationsDocumentTest {
    /** The document as it is kept for readers; {@code -Dgyre.write-documents=true} writes it anew. */
    private static final Path KEPT = Path.of("..", "docs", "operations-api.yaml");

    @Inject
    OperationsClient operations;

    @Inject
    ObjectMapper json;

    private JsonNode document() throws Exception {
        return json.readTree(
                operations.send("GET", "/q/openapi?format=json", "", Map.of()).body());
    }

    @Test
    void theDocumentThatIsKeptIsTheOneThatIsServed() throws Exception {
        String served = operations.send("GET", "/q/openapi", "", Map.of()).body();
        if (Boolean.getBoolean("gyre.write-documents")) {
            Files.writeString(KEPT, served);
        }
        assertEquals(served, Files.readString(KEPT));
    }

    @Test
    void everyOperationIsDescribed() throws Exception {
        Map<String, String> described = new TreeMap<>();
        document().path("paths").properties().forEach(path -> path.getValue()
                .properties()
                .forEach(operation -> described.put(
                        operation.getValue().path("operationId").asText(), operation.getKey() + " " + path.getKey())));

        assertEquals(
                new TreeMap<>(Map.ofEntries(
                        entry("ListAuditLines", "get /operations/v1/audit/lines"),
                        entry("ListLatestAuditLines", "get /operations/v1/audit/latest"),
                        entry("ListAuditHeads", "get /operations/v1/audit/heads"),
                        entry("ListAuditKeys", "get /operations/v1/audit/keys"),
                        entry("TestAccess", "get /operations/v1/access/test"),
                        entry("ListBudgets", "get /operations/v1/budgets"),
                        entry("CreateConsoleLogin", "post /operations/v1/console-logins"),
                        entry("ListInstances", "get /operations/v1/instances"),
                        entry("CreateInstance", "post /operations/v1/instances"),
                        entry("BackUpInstance", "post /operations/v1/instances/{id}/back-up"),
                        entry("RestoreInstance", "post /operations/v1/instances/restore"),
                        entry("RotateInstanceKey", "post /operations/v1/instances/{id}/rotate-key"),
                        entry("RenewInstance", "post /operations/v1/instances/{id}/renew"),
                        entry("GetRootKeys", "get /operations/v1/root-keys"),
                        entry("RotateRootKey", "post /operations/v1/root-keys/{id}/rotate-to"),
                        entry("GetOverview", "get /operations/v1/overview"),
                        entry("ListSecretsOfView", "get /operations/v1/secrets"),
                        entry("ListRotations", "get /operations/v1/rotations"),
                        entry("DescribeRotation", "get /operations/v1/rotations/{id}"),
                        entry("RetryRotation", "post /operations/v1/rotations/{id}/retry"),
                        entry("RollBackRotation", "post /operations/v1/rotations/{id}/roll-back"),
                        entry("GiveUpRotation", "post /operations/v1/rotations/{id}/give-up"),
                        entry("ExtendRotation", "post /operations/v1/rotations/{id}/extend"),
                        entry("DryRunRotation", "post /operations/v1/dry-runs"),
                        entry("GetSchedule", "get /operations/v1/schedule"),
                        entry("PauseRotations", "post /operations/v1/schedule/pause"),
                        entry("ResumeRotations", "post /operations/v1/schedule/resume"),
                        entry("GetSecretSchedule", "get /operations/v1/schedule/secret"),
                        entry("PreviewSecretSchedule", "get /operations/v1/schedule/secret/preview"),
                        entry("SetRotationWindow", "post /operations/v1/schedule/secret/window"),
                        entry("ClearRotationWindow", "post /operations/v1/schedule/secret/window/clear"),
                        entry("PauseSecretRotation", "post /operations/v1/schedule/secret/pause"),
                        entry("ResumeSecretRotation", "post /operations/v1/schedule/secret/resume"),
                        entry("CreateCampaign", "post /operations/v1/campaigns"),
                        entry("ListCampaigns", "get /operations/v1/campaigns"),
                        entry("DescribeCampaign", "get /operations/v1/campaigns/{id}"),
                        entry("ListCampaignSecrets", "get /operations/v1/campaigns/{id}/secrets"),
                        entry("PauseCampaign", "post /operations/v1/campaigns/{id}/pause"),
                        entry("ResumeCampaign", "post /operations/v1/campaigns/{id}/resume"),
                        entry("StopCampaign", "post /operations/v1/campaigns/{id}/stop"),
                        entry("RollBackCampaign", "post /operations/v1/campaigns/{id}/roll-back"),
                        entry("DryRunCampaign", "post /operations/v1/campaigns/{id}/dry-run"),
                        entry("CreateWebhook", "post /operations/v1/webhooks"),
                        entry("ListWebhooks", "get /operations/v1/webhooks"),
                        entry("DeleteWebhook", "post /operations/v1/webhooks/{id}/delete"),
                        entry("PauseWebhook", "post /operations/v1/webhooks/{id}/pause"),
                        entry("ResumeWebhook", "post /operations/v1/webhooks/{id}/resume"),
                        entry("RotateWebhookSecret", "post /operations/v1/webhooks/{id}/rotate-secret"),
                        entry("TestWebhook", "post /operations/v1/webhooks/{id}/test"),
                        entry("ListWebhookDeliveries", "get /operations/v1/webhooks/{id}/deliveries"),
                        entry(
                                "ReplayWebhookDelivery",
                                "post /operations/v1/webhooks/{id}/deliveries/{delivery}/replay"),
                        entry("ListDrift", "get /operations/v1/drift"),
                        entry("CheckDrift", "post /operations/v1/drift/check"),
                        entry("RepairSecret", "post /operations/v1/drift/repair"),
                        entry("ListOrphans", "get /operations/v1/orphans"),
                        entry("RemoveOrphan", "post /operations/v1/orphans/{id}/remove"),
                        entry("ReplayEvents", "post /operations/v1/events/replay"),
                        entry("ListTopics", "get /operations/v1/topics"),
                        entry("ListLatestEvents", "get /operations/v1/topics/{topic}/events"),
                        entry("ListDeadLetters", "get /operations/v1/dead-letters"),
                        entry("DescribeDeadLetter", "get /operations/v1/dead-letters/{id}"),
                        entry("ReplayDeadLetter", "post /operations/v1/dead-letters/{id}/replay"),
                        entry("GetServiceRole", "get /operations/v1/service-roles/ram-rotation"),
                        entry("GrantServiceRole", "post /operations/v1/service-roles/ram-rotation"))),
                described);
    }

    @Test
    void everyOperationDescribesItsAnswersItsRefusalsAndWhoMayCallIt() throws Exception {
        JsonNode document = document();
        assertTrue(
                document.path("security").path(0).has("AccessKey"),
                document.path("security").toString());
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(operation -> {
                    JsonNode responses = operation.getValue().path("responses");
                    String name = operation.getValue().path("operationId").asText();
                    for (String refusal : Set.of("400", "401", "403", "404", "409", "413", "415", "500", "503")) {
                        assertEquals(
                                "#/components/schemas/Problem",
                                responses
                                        .path(refusal)
                                        .path("content")
                                        .path("application/problem+json")
                                        .path("schema")
                                        .path("$ref")
                                        .asText(),
                                name + " " + refusal);
                    }
                    assertTrue(
                            responses
                                    .path("200")
                                    .path("content")
                                    .path("application/json")
                                    .has("schema"),
                            name);
                    assertFalse(operation.getValue().path("summary").asText().isEmpty(), name);
                }));
        assertTrue(document.path("components").path("schemas").has("Problem"));
    }
}
