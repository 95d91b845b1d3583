package io.gyre.api.secrets;

import static io.gyre.api.testing.KafkaReader.header;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.aliyun.kms20160120.models.DeleteSecretRequest;
import com.aliyun.kms20160120.models.PutSecretValueRequest;
import com.aliyun.kms20160120.models.RestoreSecretRequest;
import com.aliyun.kms20160120.models.TagResourceRequest;
import com.aliyun.kms20160120.models.UpdateSecretRequest;
import com.aliyun.kms20160120.models.UpdateSecretRotationPolicyRequest;
import com.aliyun.kms20160120.models.UpdateSecretVersionStageRequest;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gyre.api.testing.Clients;
import io.gyre.api.testing.KafkaReader;
import io.gyre.api.testing.Refusal;
import io.gyre.api.testing.Rows;
import io.gyre.api.testing.Secrets;
import io.gyre.event.SecretChanged;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

@QuarkusTest
class SecretEventsTest {
    @Inject
    Clients clients;

    @Inject
    Secrets secrets;

    @Inject
    Rows rows;

    @Inject
    ObjectMapper json;

    @ConfigProperty(name = "gyre.kafka.bootstrap-servers")
    String kafka;

    @Test
    void theLifeOfASecretIsToldWithoutItsValues() throws Exception {
        String name = secrets.create(secrets.generic().setSecretData("told-nowhere-1"));
        clients.current()
                .putSecretValue(new PutSecretValueRequest()
                        .setSecretName(name)
                        .setVersionId("v2")
                        .setSecretData("told-nowhere-2"));
        clients.current()
                .updateSecretVersionStage(new UpdateSecretVersionStageRequest()
                        .setSecretName(name)
                        .setVersionStage("ACSCurrent")
                        .setMoveToVersion("v1"));
        clients.current()
                .updateSecret(new UpdateSecretRequest().setSecretName(name).setDescription("told-nowhere-3"));
        clients.current()
                .tagResource(new TagResourceRequest()
                        .setSecretName(name)
                        .setTags("[{\"TagKey\":\"team\",\"TagValue\":\"told-nowhere-4\"}]"));
        String plannedFor = clients.current()
                .deleteSecret(new DeleteSecretRequest().setSecretName(name))
                .getBody()
                .getPlannedDeleteTime();
        clients.current().restoreSecret(new RestoreSecretRequest().setSecretName(name));
        clients.current()
                .deleteSecret(new DeleteSecretRequest().setSecretName(name).setForceDeleteWithoutRecovery("true"));

        List<ConsumerRecord<String, String>> records = told(name, 8);
        assertEquals(
                List.of(
                        "io.gyre.secret.created.v1 v1 {ACSCurrent=v1}",
                        "io.gyre.secret.version-put.v1 v2 {ACSCurrent=v2, ACSPrevious=v1}",
                        "io.gyre.secret.stages-moved.v1 v1 {ACSCurrent=v1, ACSPrevious=v2}",
                        "io.gyre.secret.described.v1 null {ACSCurrent=v1, ACSPrevious=v2}",
                        "io.gyre.secret.tagged.v1 null {ACSCurrent=v1, ACSPrevious=v2}",
                        "io.gyre.secret.deletion-planned.v1 null {ACSCurrent=v1, ACSPrevious=v2}",
                        "io.gyre.secret.restored.v1 null {ACSCurrent=v1, ACSPrevious=v2}",
                        "io.gyre.secret.deleted.v1 null {ACSCurrent=v1, ACSPrevious=v2}"),
                records.stream().map(this::line).toList());
        SecretChanged planned = data(records.get(5));
        assertEquals(plannedFor, String.valueOf(planned.deletionPlannedAt()).replaceFirst("\\.\\d+Z", "Z"));
        assertEquals(Instant.parse(header(records.get(5), "ce_time")), planned.atWall());
        try (KafkaReader reader = new KafkaReader(kafka)) {
            reader.await(8, record -> arn(name).equals(record.key()));
            assertFalse(reader.everything().contains("told-nowhere"));
        }
        assertEquals(
                0,
                rows.count(
                        "SELECT count(*) FROM audit_line WHERE event::jsonb ->> 'eventName' = 'RotationStep'"
                                + " AND event::jsonb ->> 'resourceName' = ?",
                        arn(name)),
                "no change of a secret is taken for a step of a rotation");
    }

    @Test
    void aPolicyOfRotationIsToldWithItsNextDate() throws Exception {
        String name = secrets.create(secrets.rdsSingle());
        clients.current()
                .updateSecretRotationPolicy(new UpdateSecretRotationPolicyRequest()
                        .setSecretName(name)
                        .setEnableAutomaticRotation(true)
                        .setRotationInterval("7d"));
        clients.current()
                .updateSecretRotationPolicy(new UpdateSecretRotationPolicyRequest()
                        .setSecretName(name)
                        .setEnableAutomaticRotation(false));
        List<ConsumerRecord<String, String>> records = told(name, 3);
        SecretChanged enabled = data(records.get(1));
        assertEquals("io.gyre.secret.rotation-policy-changed.v1", header(records.get(1), "ce_type"));
        assertEquals("Enabled 604800s", enabled.automaticRotation() + " " + enabled.rotationInterval());
        assertEquals(
                rows.text("SELECT told_time(created_at + interval '7 days') FROM secret WHERE name = ?", name),
                json.readTree(records.get(1).value()).path("nextRotationAt").asText());
        SecretChanged disabled = data(records.get(2));
        assertEquals("Disabled null", disabled.automaticRotation() + " " + disabled.rotationInterval());
    }

    @Test
    void theEndOfARecoveryWindowIsToldAsADeletion() throws Exception {
        String name = secrets.create(secrets.generic());
        clients.current().deleteSecret(new DeleteSecretRequest().setSecretName(name));
        rows.change("UPDATE secret SET deletion_planned_at = calendar_now() WHERE name = ?", name);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> rows.count("SELECT count(*) FROM secret WHERE name = ?", name) == 0);
        assertEquals(
                "io.gyre.secret.deleted.v1 null {ACSCurrent=v1}",
                line(told(name, 3).get(2)));
    }

    @Test
    void whatIsRefusedIsNotTold() throws Exception {
        String name = secrets.create(secrets.generic());
        Refusal.expect(400, "Rejected.InvalidRequest", "param mismatch", () -> clients.current()
                .updateSecretVersionStage(new UpdateSecretVersionStageRequest()
                        .setSecretName(name)
                        .setVersionStage("Blue")
                        .setRemoveFromVersion("v9")
                        .setMoveToVersion("v1")));
        assertEquals(1, rows.count("SELECT count(*) FROM secret_change WHERE secret_arn = ?", arn(name)));
    }

    /** From Kafka, and the same as PostgreSQL keeps them. */
    private List<ConsumerRecord<String, String>> told(String name, int count) {
        List<ConsumerRecord<String, String>> records;
        try (KafkaReader reader = new KafkaReader(kafka)) {
            records = reader.await(count, record -> arn(name).equals(record.key()));
        }
        assertEquals(
                rows.texts(
                        "SELECT concat_ws(' ', event_id, event_type, data) FROM secret_change WHERE secret_arn = ?"
                                + " ORDER BY position",
                        arn(name)),
                records.stream()
                        .map(record -> header(record, "ce_id") + " " + header(record, "ce_type") + " " + record.value())
                        .toList());
        return records;
    }

    private String line(ConsumerRecord<String, String> record) {
        SecretChanged changed = data(record);
        assertEquals(arn(changed.secretName()), record.key());
        return header(record, "ce_type") + " " + changed.versionId() + " " + changed.stages();
    }

    private SecretChanged data(ConsumerRecord<String, String> record) {
        try {
            return json.readValue(record.value(), SecretChanged.class);
        } catch (JsonProcessingException e) {
            throw new AssertionError(record.value(), e);
        }
    }

    private static String arn(String name) {
        return "acs:kms:cn-hangzhou:1000000000000001:secret/" + name;
    }
}
