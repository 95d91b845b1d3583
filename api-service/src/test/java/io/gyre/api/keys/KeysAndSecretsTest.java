package io.gyre.api.keys;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.aliyun.kms20160120.models.CancelKeyDeletionRequest;
import com.aliyun.kms20160120.models.CreateKeyVersionRequest;
import com.aliyun.kms20160120.models.GetSecretValueRequest;
import com.aliyun.kms20160120.models.PutSecretValueRequest;
import com.aliyun.kms20160120.models.RotateSecretRequest;
import io.gyre.api.testing.Clients;
import io.gyre.api.testing.Keys;
import io.gyre.api.testing.Refusal;
import io.gyre.api.testing.Rows;
import io.gyre.api.testing.Secrets;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of secrets when their key changes. */
@QuarkusTest
class KeysAndSecretsTest {
    @Inject
    Clients clients;

    @Inject
    Secrets secrets;

    @Inject
    Keys keys;

    @Inject
    Rows rows;

    @Test
    void secretsOfAKeyThatIsNotEnabledAreNeitherReadNorWrittenNorRotated() throws Exception {
        String key = keys.create();
        String generic = secrets.create(secrets.generic().setEncryptionKeyId(key));
        String managed = secrets.create(secrets.rdsSingle().setEncryptionKeyId(key));
        keys.disable(key);
        expectRefused("Rejected.Disabled", key, generic, managed);
        keys.enable(key);
        assertEquals("first value", value(generic));
        keys.scheduleDeletion(key, 7);
        expectRefused("Rejected.PendingDeletion", key, generic, managed);
        clients.current().cancelKeyDeletion(new CancelKeyDeletionRequest().setKeyId(key));
        assertEquals("first value", value(generic));
    }

    private void expectRefused(String code, String key, String generic, String managed) {
        String before = rows.everythingKept();
        Refusal.expect(409, code, () -> value(generic));
        Refusal.expect(409, code, () -> put(generic));
        Refusal.expect(409, code, () -> secrets.create(secrets.generic().setEncryptionKeyId(key)));
        Refusal.expect(409, code, () -> rotate(managed, "v2"));
        assertEquals(before, rows.everythingKept());
    }

    @Test
    void aSecretStaysReadableWhateverRotationsItsKeyHas() throws Exception {
        String key = keys.create();
        String name = secrets.create(secrets.generic().setEncryptionKeyId(key));
        clients.current().createKeyVersion(new CreateKeyVersionRequest().setKeyId(key));
        assertEquals("first value", value(name));
        put(name);
        assertEquals("second value", value(name));
    }

    @Test
    void aRotationThatIsDueWaitsForItsKeyAndThenBegins() throws Exception {
        String key = keys.create();
        String waiting = secrets.create(secrets.rdsSingle()
                .setEncryptionKeyId(key)
                .setEnableAutomaticRotation(true)
                .setRotationInterval("7d"));
        String other = secrets.create(
                secrets.rdsSingle().setEnableAutomaticRotation(true).setRotationInterval("7d"));
        keys.disable(key);
        rows.passDays(7);
        awaitRotation(other);
        assertEquals(List.of(), rows.activeRotation("trigger", waiting));
        keys.enable(key);
        awaitRotation(waiting);
        assertEquals(List.of("automatic"), rows.activeRotation("trigger", waiting));
    }

    @Test
    void aKeyIsKeptUntilTheRotationOfItsSecretHasEnded() throws Exception {
        String key = keys.create();
        String managed = secrets.create(secrets.rdsSingle().setEncryptionKeyId(key));
        rotate(managed, "v2");
        keys.scheduleDeletion(key, 7);
        String another = keys.create();
        keys.scheduleDeletion(another, 7);
        rows.passDays(7);
        awaitDestroyed(another);
        assertEquals("PendingDeletion", keys.describe(key).getKeyState());
        rows.endRotation(managed);
        awaitDestroyed(key);
    }

    @Test
    void afterTheMaterialOfItsKeyIsGoneASecretHasNoValue() throws Exception {
        String key = keys.create();
        String generic = secrets.create(secrets.generic().setEncryptionKeyId(key));
        String managed = secrets.create(secrets.rdsSingle().setEncryptionKeyId(key));
        keys.scheduleDeletion(key, 7);
        rows.passDays(7);
        awaitDestroyed(key);
        Refusal.expect(404, "Forbidden.KeyNotFound", () -> value(generic));
        Refusal.expect(404, "Forbidden.KeyNotFound", () -> put(generic));
        Refusal.expect(404, "Forbidden.KeyNotFound", () -> rotate(managed, "v2"));
        Refusal.expect(
                404,
                "Forbidden.KeyNotFound",
                () -> secrets.create(secrets.generic().setEncryptionKeyId(key)));
    }

    private void awaitRotation(String name) {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> !rows.activeRotation("trigger", name).isEmpty());
    }

    private void awaitDestroyed(String key) {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> rows.text("SELECT key_state FROM kms_key WHERE key_id = ?", key)
                        .equals("Destroyed"));
    }

    private String value(String name) throws Exception {
        return clients.current()
                .getSecretValue(new GetSecretValueRequest().setSecretName(name))
                .getBody()
                .getSecretData();
    }

    private void put(String name) throws Exception {
        clients.current()
                .putSecretValue(new PutSecretValueRequest()
                        .setSecretName(name)
                        .setVersionId("v2")
                        .setSecretData("second value"));
    }

    private void rotate(String name, String version) throws Exception {
        clients.current()
                .rotateSecret(new RotateSecretRequest().setSecretName(name).setVersionId(version));
    }
}
