package io.gyre.api.instances;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.aliyun.kms20160120.models.CreateKeyRequest;
import com.aliyun.kms20160120.models.CreateKeyVersionRequest;
import com.aliyun.kms20160120.models.DecryptRequest;
import com.aliyun.kms20160120.models.DescribeSecretRequest;
import com.aliyun.kms20160120.models.EncryptRequest;
import com.aliyun.kms20160120.models.GenerateDataKeyRequest;
import com.aliyun.kms20160120.models.GetKmsInstanceRequest;
import com.aliyun.kms20160120.models.GetKmsInstanceResponseBody;
import com.aliyun.kms20160120.models.GetSecretValueRequest;
import com.aliyun.kms20160120.models.ListKmsInstancesRequest;
import com.aliyun.kms20160120.models.ListSecretVersionIdsRequest;
import com.aliyun.kms20160120.models.PutSecretValueRequest;
import com.aliyun.kms20160120.models.RotateSecretRequest;
import com.fasterxml.jackson.databind.JsonNode;
import io.gyre.api.testing.Clients;
import io.gyre.api.testing.Instances;
import io.gyre.api.testing.KafkaReader;
import io.gyre.api.testing.Keys;
import io.gyre.api.testing.OperationsClient;
import io.gyre.api.testing.Refusal;
import io.gyre.api.testing.Rows;
import io.gyre.api.testing.Secrets;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** The FAQ's row "Secret status is unavailable or the API returns "Rejected.Unavailable"". */
@QuarkusTest
class InstanceLifeTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Inject
    Clients clients;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String kafka;

    @Inject
    Instances instances;

    @Inject
    Keys keys;

    @Inject
    OperationsClient operations;

    @Inject
    Rows rows;

    @Inject
    Secrets secrets;

    @Test
    void pastItsExpiryEveryUseOfItsSecretsAndKeysIsRefusedAndRenewalBringsEverythingBack() throws Throwable {
        String instance = instances.create("{\"name\":\"payments\",\"days\":30}");
        String key = keys.create(new CreateKeyRequest().setDKMSInstanceId(instance));
        String secret =
                secrets.create(secrets.generic().setDKMSInstanceId(instance).setEncryptionKeyId(key));
        String managed = secrets.create(secrets.rdsSingle().setDKMSInstanceId(instance));
        String blob = clients.current()
                .encrypt(new EncryptRequest().setKeyId(key).setPlaintext("AQ=="))
                .getBody()
                .getCiphertextBlob();
        List<Executable> uses = List.of(
                () -> value(secret),
                () -> clients.current()
                        .getSecretValue(new GetSecretValueRequest()
                                .setSecretName(secret)
                                .setVersionId("v1")),
                () -> clients.current()
                        .putSecretValue(new PutSecretValueRequest()
                                .setSecretName(secret)
                                .setVersionId("v2")
                                .setSecretData("second value")),
                () -> secrets.create(secrets.generic().setDKMSInstanceId(instance)),
                () -> clients.current()
                        .rotateSecret(
                                new RotateSecretRequest().setSecretName(managed).setVersionId("r1")),
                () -> keys.create(new CreateKeyRequest().setDKMSInstanceId(instance)),
                () -> clients.current().createKeyVersion(new CreateKeyVersionRequest().setKeyId(key)),
                () -> clients.current()
                        .encrypt(new EncryptRequest().setKeyId(key).setPlaintext("AQ==")),
                () -> clients.current().decrypt(new DecryptRequest().setCiphertextBlob(blob)),
                () -> clients.current().generateDataKey(new GenerateDataKeyRequest().setKeyId(key)));

        instances.expire(instance, 1);
        for (Executable use : uses) {
            Refusal refusal = Refusal.of(use);
            assertEquals("409 Rejected.Unavailable", refusal.status() + " " + refusal.code());
            assertTrue(refusal.message().contains("KMS instance " + instance + " has expired."), refusal.message());
        }
        String batch = String.valueOf(
                clients.call("BatchGetSecretValue", Map.of("SecretsList", "[{\"SecretName\":\"" + secret + "\"}]")));
        assertTrue(batch.contains("Rejected.Unavailable") && !batch.contains("first value"), batch);

        instances.renew(instance, 10).json(200);
        for (Executable use : uses) {
            use.execute();
        }
    }

    @Test
    void whatIsKnownOfSecretsAndKeysStillShowsAndAKeyIsUnavailable() throws Exception {
        String instance = instances.create("{\"days\":30}");
        String key = keys.create(new CreateKeyRequest().setDKMSInstanceId(instance));
        String secret =
                secrets.create(secrets.generic().setDKMSInstanceId(instance).setEncryptionKeyId(key));
        instances.expire(instance, 0);
        assertEquals(
                secret,
                clients.current()
                        .describeSecret(new DescribeSecretRequest().setSecretName(secret))
                        .getBody()
                        .getSecretName());
        assertEquals(
                "v1",
                clients.current()
                        .listSecretVersionIds(new ListSecretVersionIdsRequest().setSecretName(secret))
                        .getBody()
                        .getVersionIds()
                        .getVersionId()
                        .get(0)
                        .getVersionId());
        assertEquals("Unavailable", keys.describe(key).getKeyState());
        instances.renew(instance, 1).json(200);
        assertEquals("Enabled", keys.describe(key).getKeyState());
    }

    @Test
    void aDueRotationWaitsForTheRenewal() throws Exception {
        String instance = instances.create("{\"days\":30}");
        String waiting = secrets.create(secrets.rdsSingle()
                .setDKMSInstanceId(instance)
                .setEnableAutomaticRotation(true)
                .setRotationInterval("7d"));
        String other = secrets.create(
                secrets.rdsSingle().setEnableAutomaticRotation(true).setRotationInterval("7d"));
        instances.expire(instance, 0);
        rows.change("UPDATE secret SET next_rotation_at = calendar_now() - interval '2 days' WHERE name = ?", waiting);
        rows.change("UPDATE secret SET next_rotation_at = calendar_now() - interval '1 day' WHERE name = ?", other);
        // The scan takes the longest overdue first, so it has passed the waiting one over by then.
        await().atMost(PATIENCE)
                .until(() -> !rows.activeRotation("state", other).isEmpty());
        assertEquals(List.of(), rows.activeRotation("state", waiting));
        instances.renew(instance, 30).json(200);
        await().atMost(PATIENCE)
                .until(() -> !rows.activeRotation("state", waiting).isEmpty());
        rows.endRotation(waiting);
        rows.endRotation(other);
    }

    @Test
    void onItsSixteenthDayItIsReleasedAndWhatWasEncryptedInItIsLost() throws Exception {
        String instance = instances.create("{\"days\":30}");
        String kept = instances.create("{\"days\":30}");
        String secret = secrets.create(secrets.generic().setDKMSInstanceId(instance));
        instances.expire(kept, 14);
        instances.expire(instance, 15);
        await().atMost(PATIENCE)
                .until(() -> instances.listed(instance).path("status").asText().equals("Released"));
        assertEquals("Expired", instances.listed(kept).path("status").asText());
        assertEquals(
                1,
                rows.count(
                        "SELECT count(*) FROM kms_instance WHERE instance_id = ? AND wrapped_key IS NULL", instance));
        Refusal refusal = Refusal.of(() -> value(secret));
        assertEquals("409 Rejected.Unavailable", refusal.status() + " " + refusal.code());
        assertTrue(refusal.message().contains("was released"), refusal.message());
        instances.renew(instance, 1).problem(409, "InstanceReleased");
        instances.renew(kept, 1).json(200);
    }

    @Test
    void aReleaseWaitsForARotationThatRuns() throws Exception {
        String instance = instances.create("{\"days\":30}");
        String secret = secrets.create(secrets.rdsSingle().setDKMSInstanceId(instance));
        clients.current()
                .rotateSecret(new RotateSecretRequest().setSecretName(secret).setVersionId("r1"));
        String other = instances.create("{\"days\":30}");
        instances.expire(instance, 20);
        instances.expire(other, 15);
        await().atMost(PATIENCE)
                .until(() -> instances.listed(other).path("status").asText().equals("Released"));
        assertEquals("Expired", instances.listed(instance).path("status").asText());
        rows.endRotation(secret);
        await().atMost(PATIENCE)
                .until(() -> instances.listed(instance).path("status").asText().equals("Released"));
    }

    @Test
    void aRenewalCountsFromTheExpiryOrFromNowWhereThatHasPassed() {
        String instance = instances.create("{\"name\":\"ledger\",\"days\":30}");
        JsonNode created = instances.listed(instance);
        assertEquals(
                "ledger Running",
                created.path("name").asText() + " " + created.path("status").asText());
        Instant expiry = Instant.parse(created.path("expiresAt").asText());
        assertEquals(
                expiry.plus(Duration.ofDays(15)),
                Instant.parse(created.path("releasePlannedAt").asText()));
        assertEquals(
                expiry.plus(Duration.ofDays(5)),
                Instant.parse(
                        instances.renew(instance, 5).json(200).path("expiresAt").asText()));
        instances.expire(instance, 10);
        Instant now = Instant.parse(
                rows.text("SELECT to_json(calendar_now()) #>> '{}'").replace("+00:00", "Z"));
        Instant renewed = Instant.parse(
                instances.renew(instance, 5).json(200).path("expiresAt").asText());
        assertFalse(renewed.isBefore(now.plus(Duration.ofDays(5))));
    }

    @Test
    void eachDateIsToldOnceAndAgainAfterARenewal() {
        String instance = instances.create("{\"name\":\"told\",\"days\":40}");
        String key = "acs:kms:cn-hangzhou:1000000000000001:keystore/" + instance;
        try (KafkaReader reader = new KafkaReader(kafka)) {
            instances.expire(instance, -29);
            assertEquals(List.of("expiring"), told(reader, key, 1));
            instances.expire(instance, -1);
            assertEquals("expiring", told(reader, key, 2).get(1));
            instances.expire(instance, 0);
            String third = told(reader, key, 3).get(2);
            assertEquals("expired", third);
            instances.renew(instance, 20).json(200);
            assertEquals("expiring", told(reader, key, 4).get(3));
            instances.expire(instance, 15);
            String last = reader.await(1, record -> key.equals(record.key()) && "released".equals(kind(record)))
                    .get(0)
                    .value();
            assertTrue(last.contains("It was released: its key is destroyed"), last);
        }
    }

    /** The kinds of what was told of an instance, in order. */
    private static List<String> told(KafkaReader reader, String key, int count) {
        return reader.await(count, record -> key.equals(record.key())).stream()
                .map(InstanceLifeTest::kind)
                .toList();
    }

    private static String kind(ConsumerRecord<String, String> record) {
        return KafkaReader.header(record, "ce_type").replaceFirst("io.gyre.instance.([a-z]+).v1", "$1");
    }

    @Test
    void theKmsApiTellsOfInstancesUntilTheyAreReleased() throws Exception {
        String instance = instances.create("{\"name\":\"payments\",\"days\":30}");
        var told = kmsInstance(instance);
        assertEquals("payments", told.getInstanceName());
        assertEquals("Connected", told.getStatus());
        Instant starts = Instant.parse(told.getStartDate());
        assertEquals(starts.plus(Duration.ofDays(30)), Instant.parse(told.getEndDate()));
        assertTrue(listedArns().contains("acs:kms:cn-hangzhou:1000000000000001:keystore/" + instance));

        instances.expire(instance, 1);
        assertEquals("Disconnected", kmsInstance(instance).getStatus());
        instances.expire(instance, 16);
        await().atMost(PATIENCE).until(() -> !listedArns().toString().contains(instance));
        Refusal.expect(403, "Forbidden.DKMSInstanceNotFound", () -> clients.current()
                .getKmsInstance(new GetKmsInstanceRequest().setKmsInstanceId("kst-absent")));
    }

    private GetKmsInstanceResponseBody.GetKmsInstanceResponseBodyKmsInstance kmsInstance(String id) throws Exception {
        return clients.current()
                .getKmsInstance(new GetKmsInstanceRequest().setKmsInstanceId(id))
                .getBody()
                .getKmsInstance();
    }

    private List<String> listedArns() throws Exception {
        return clients
                .current()
                .listKmsInstances(new ListKmsInstancesRequest().setPageNumber(1).setPageSize(100))
                .getBody()
                .getKmsInstances()
                .getKmsInstance()
                .stream()
                .map(each -> each.getKmsInstanceArn())
                .toList();
    }

    @Test
    void badInputIsToldInOneSentence() {
        String endless = instances.create();
        assertTrue(instances.listed(endless).path("expiresAt").isMissingNode());
        instances.renew(endless, 1).problem(409, "InstanceWithoutEnd");
        instances.renew("kst-none", 1).problem(404, "InstanceNotFound");
        instances.renew("shared%2F1000000000000001", 1).problem(404, "InstanceNotFound");
        instances.renew(endless, 0).problem(400, "InvalidParameter");
        operations.post("/operations/v1/instances", "{\"days\":3651}").problem(400, "InvalidParameter");
        operations
                .post("/operations/v1/instances", "{\"name\":\"" + "x".repeat(129) + "\"}")
                .problem(400, "InvalidParameter");
        operations.post("/operations/v1/instances/" + endless + "/renew", "{}").problem(400, "MissingParameter");
    }

    private String value(String secret) throws Exception {
        return clients.current()
                .getSecretValue(new GetSecretValueRequest().setSecretName(secret))
                .getBody()
                .getSecretData();
    }
}
