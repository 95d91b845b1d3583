package io.gyre.api.backup;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.aliyun.kms20160120.models.CreateAliasRequest;
import com.aliyun.kms20160120.models.CreateKeyRequest;
import com.aliyun.kms20160120.models.CreateKeyVersionRequest;
import com.aliyun.kms20160120.models.DecryptRequest;
import com.aliyun.kms20160120.models.DescribeKeyRequest;
import com.aliyun.kms20160120.models.DescribeSecretRequest;
import com.aliyun.kms20160120.models.DescribeSecretResponseBody;
import com.aliyun.kms20160120.models.EncryptRequest;
import com.aliyun.kms20160120.models.GetSecretValueRequest;
import com.aliyun.kms20160120.models.PutSecretValueRequest;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gyre.api.testing.Clients;
import io.gyre.api.testing.Instances;
import io.gyre.api.testing.Keys;
import io.gyre.api.testing.OperationsClient;
import io.gyre.api.testing.Refusal;
import io.gyre.api.testing.Rows;
import io.gyre.api.testing.Secrets;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The FAQ: "back it up before it is released". */
@QuarkusTest
class BackupTest {
    private static final String PATH = "/operations/v1/instances/";
    private static final String PASSPHRASE = "correct horse battery staple";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Inject
    Clients clients;

    @Inject
    Instances instances;

    @Inject
    Keys keys;

    @Inject
    Secrets secrets;

    @Inject
    OperationsClient operations;

    @Inject
    Rows rows;

    @Inject
    ObjectMapper json;

    private JsonNode backUp(String instance) {
        return operations
                .post(PATH + instance + "/back-up", "{\"passphrase\":\"" + PASSPHRASE + "\"}")
                .json(200);
    }

    private OperationsClient.Answer restore(String backup, String passphrase) {
        return operations.post(
                PATH + "restore",
                json.createObjectNode()
                        .put("passphrase", passphrase)
                        .put("backup", backup)
                        .toString());
    }

    private void release(String instance) {
        instances.expire(instance, 16);
        await().atMost(PATIENCE)
                .until(() -> instances.listed(instance).path("status").asText().equals("Released"));
    }

    private String value(String secret, String stage) throws Exception {
        return clients.current()
                .getSecretValue(
                        new GetSecretValueRequest().setSecretName(secret).setVersionStage(stage))
                .getBody()
                .getSecretData();
    }

    private DescribeSecretResponseBody described(String secret) throws Exception {
        return clients.current()
                .describeSecret(
                        new DescribeSecretRequest().setSecretName(secret).setFetchTags("true"))
                .getBody();
    }

    private String encrypt(String key) throws Exception {
        return clients.current()
                .encrypt(new EncryptRequest().setKeyId(key).setPlaintext("AQ=="))
                .getBody()
                .getCiphertextBlob();
    }

    private String decrypt(String blob) throws Exception {
        return clients.current()
                .decrypt(new DecryptRequest().setCiphertextBlob(blob))
                .getBody()
                .getPlaintext();
    }

    @Test
    void whatWasBackedUpAfterTheExpiryIsThereAgainAfterTheRelease() throws Exception {
        String instance = instances.create("{\"name\":\"payments\",\"days\":30}");
        String key =
                keys.create(new CreateKeyRequest().setDKMSInstanceId(instance).setDescription("of payments"));
        clients.current().createAlias(new CreateAliasRequest().setKeyId(key).setAliasName("alias/" + key));
        String early = encrypt(key);
        clients.current().createKeyVersion(new CreateKeyVersionRequest().setKeyId(key));
        String late = encrypt(key);
        String secret = secrets.create(secrets.generic()
                .setDKMSInstanceId(instance)
                .setEncryptionKeyId(key)
                .setTags("[{\"TagKey\":\"team\",\"TagValue\":\"payments\"}]"));
        clients.current()
                .putSecretValue(new PutSecretValueRequest()
                        .setSecretName(secret)
                        .setVersionId("v2")
                        .setSecretData("second value"));
        String byServiceKey = secrets.create(secrets.generic().setDKMSInstanceId(instance));
        DescribeSecretResponseBody before = described(secret);
        instances.expire(instance, 1);
        JsonNode backup = backUp(instance);
        assertEquals(2, backup.path("keys").asInt());
        assertEquals(2, backup.path("secrets").asInt());
        assertEquals(3, backup.path("versions").asInt());

        release(instance);
        assertEquals("409 Rejected.Unavailable", status(Refusal.of(() -> value(secret, "ACSCurrent"))));
        JsonNode restored = restore(backup.path("backup").asText(), PASSPHRASE).json(200);

        String other = restored.at("/instance/instanceId").asText();
        assertNotEquals(instance, other);
        assertEquals("payments", restored.at("/instance/name").asText());
        assertEquals("Running", restored.at("/instance/status").asText());
        assertEquals("second value", value(secret, "ACSCurrent"));
        assertEquals("first value", value(secret, "ACSPrevious"));
        assertEquals("first value", value(byServiceKey, "ACSCurrent"));
        assertEquals(
                1,
                rows.count(
                        "SELECT count(*) FROM secret_change WHERE event_type = 'io.gyre.secret.restored.v1'"
                                + " AND data ->> 'secretName' = ?",
                        secret));
        assertEquals("AQ==", decrypt(early));
        assertEquals("AQ==", decrypt(late));
        assertEquals("AQ==", decrypt(encrypt("alias/" + key)));
        var metadata = clients.current()
                .describeKey(new DescribeKeyRequest().setKeyId(key))
                .getBody()
                .getKeyMetadata();
        assertEquals("Enabled", metadata.getKeyState());
        assertEquals("of payments", metadata.getDescription());
        assertEquals(other, metadata.getDKMSInstanceId());
        DescribeSecretResponseBody after = described(secret);
        assertEquals(before.getArn(), after.getArn());
        assertEquals(before.getCreateTime(), after.getCreateTime());
        assertEquals("payments", after.getTags().getTag().get(0).getTagValue());
        assertEquals(other, after.getDKMSInstanceId());
        clients.current()
                .putSecretValue(new PutSecretValueRequest()
                        .setSecretName(secret)
                        .setVersionId("v3")
                        .setSecretData("third value"));
        assertEquals("third value", value(secret, "ACSCurrent"));
    }

    @Test
    void whatCameAfterTheBackupIsGoneAndNothingIsLeftOfIt() throws Exception {
        String instance = instances.create("{\"days\":30}");
        String secret = secrets.create(secrets.generic().setDKMSInstanceId(instance));
        String backup = backUp(instance).path("backup").asText();
        clients.current()
                .putSecretValue(new PutSecretValueRequest()
                        .setSecretName(secret)
                        .setVersionId("later")
                        .setSecretData("a later value"));
        release(instance);
        restore(backup, PASSPHRASE).json(200);
        assertEquals("first value", value(secret, "ACSCurrent"));
        assertEquals(
                1,
                rows.count(
                        "SELECT count(*) FROM secret_version v JOIN secret s USING (secret_id) WHERE s.name = ?",
                        secret));
    }

    @Test
    void aRestoreRotatesAndDeletesNothingByItself() throws Exception {
        String instance = instances.create("{\"days\":30}");
        String rotated = secrets.create(secrets.rdsSingle()
                .setDKMSInstanceId(instance)
                .setEnableAutomaticRotation(true)
                .setRotationInterval("7d"));
        String deleted = secrets.create(secrets.generic().setDKMSInstanceId(instance));
        clients.call("DeleteSecret", Map.of("SecretName", deleted, "RecoveryWindowInDays", "7"));
        JsonNode backup = backUp(instance);
        rows.change("UPDATE secret SET next_rotation_at = NULL WHERE name = ?", rotated);
        rows.change("UPDATE secret SET deletion_planned_at = NULL WHERE name = ?", deleted);
        release(instance);
        // As if the backup were a year old.
        rows.change("UPDATE calendar SET calendar_origin = calendar_origin + interval '1 year'");
        try {
            restore(backup.path("backup").asText(), PASSPHRASE).json(200);
            Instant now = Instant.parse(
                    rows.text("SELECT to_char(calendar_now() AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')"));
            assertTrue(Instant.parse(described(rotated).getNextRotationDate()).isAfter(now.plus(Duration.ofDays(6))));
            assertTrue(Instant.parse(described(deleted).getPlannedDeleteTime()).isAfter(now.plus(Duration.ofDays(6))));
            assertEquals(
                    0,
                    rows.count(
                            "SELECT count(*) FROM rotation r JOIN secret s USING (secret_id) WHERE s.name = ?",
                            rotated));
        } finally {
            rows.change("UPDATE calendar SET calendar_origin = calendar_origin - interval '1 year'");
        }
    }

    @Test
    void aBackupThatWasChangedOrCutOrIsOpenedWithAnotherPassphraseIsRefusedWhole() throws Exception {
        String instance = instances.create("{\"days\":30}");
        secrets.create(secrets.generic().setDKMSInstanceId(instance));
        byte[] file = Base64.getDecoder().decode(backUp(instance).path("backup").asText());
        release(instance);
        long before = rows.count("SELECT count(*) FROM kms_instance");
        for (int at : new int[] {0, 9, 20, 40, file.length / 2, file.length - 1}) {
            byte[] changed = file.clone();
            changed[at] ^= 1;
            refused(changed, PASSPHRASE);
        }
        for (int length : new int[] {0, 8, 32, file.length / 2, file.length - 1}) {
            refused(Arrays.copyOf(file, length), PASSPHRASE);
        }
        refused(Arrays.copyOf(file, file.length + 1), PASSPHRASE);
        refused(file, PASSPHRASE + "?");
        assertEquals(
                "The backup does not open, and nothing was restored: the passphrase is another one, or the file was changed,"
                        + " or is not whole.",
                restore("no Base64", PASSPHRASE).problem(400, "BackupUnreadable"));
        assertEquals(before, rows.count("SELECT count(*) FROM kms_instance"));
    }

    private void refused(byte[] file, String passphrase) {
        restore(Base64.getEncoder().encodeToString(file), passphrase).problem(400, "BackupUnreadable");
    }

    @Test
    void whatIsAliveIsInTheWayAndNothingIsRestored() throws Exception {
        String instance = instances.create("{\"days\":30}");
        String secret = secrets.create(secrets.generic().setDKMSInstanceId(instance));
        String backup = backUp(instance).path("backup").asText();
        long before = rows.count("SELECT count(*) FROM kms_instance");
        assertTrue(restore(backup, PASSPHRASE)
                .problem(409, "RestoreInTheWay")
                .matches("The backup holds key .*, which is there already, in an instance that was not released;"
                        + " nothing was restored."));
        assertEquals(before, rows.count("SELECT count(*) FROM kms_instance"));
        assertEquals("first value", value(secret, "ACSCurrent"));
    }

    @Test
    void aBackupHoldsNothingInTheClear() throws Exception {
        String instance = instances.create();
        secrets.create(secrets.generic().setDKMSInstanceId(instance).setSecretData("a value for nobody"));
        String file = new String(
                Base64.getDecoder().decode(backUp(instance).path("backup").asText()), StandardCharsets.ISO_8859_1);
        assertFalse(file.contains("a value for nobody"));
        assertFalse(file.contains("secret"));
    }

    @Test
    void badInputIsToldInOneSentence() throws Exception {
        String instance = instances.create("{\"days\":30}");
        assertEquals(
                "The request's body has no passphrase: give one of 16 to 128 characters.",
                operations.post(PATH + instance + "/back-up", "{}").problem(400, "MissingParameter"));
        assertEquals(
                "passphrase is \"(5 characters)\": give one of 16 to 128 characters.",
                operations
                        .post(PATH + instance + "/back-up", "{\"passphrase\":\"short\"}")
                        .problem(400, "InvalidParameter"));
        operations
                .post(PATH + "kst-none/back-up", "{\"passphrase\":\"" + PASSPHRASE + "\"}")
                .problem(404, "InstanceNotFound");
        release(instance);
        operations
                .post(PATH + instance + "/back-up", "{\"passphrase\":\"" + PASSPHRASE + "\"}")
                .problem(409, "InstanceReleased");
        operations
                .post(PATH + "restore", "{\"passphrase\":\"" + PASSPHRASE + "\"}")
                .problem(400, "MissingParameter");
        assertEquals(0, rows.count("SELECT count(*) FROM audit_line WHERE event LIKE '%" + PASSPHRASE + "%'"));
    }

    private static String status(Refusal refusal) {
        return refusal.status() + " " + refusal.code();
    }
}
