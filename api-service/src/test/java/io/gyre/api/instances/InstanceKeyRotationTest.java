package io.gyre.api.instances;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.aliyun.kms20160120.models.CreateKeyRequest;
import com.aliyun.kms20160120.models.CreateKeyVersionRequest;
import com.aliyun.kms20160120.models.CreateSecretRequest;
import com.aliyun.kms20160120.models.DecryptRequest;
import com.aliyun.kms20160120.models.EncryptRequest;
import com.aliyun.kms20160120.models.GetSecretValueRequest;
import com.fasterxml.jackson.databind.JsonNode;
import io.gyre.api.testing.Clients;
import io.gyre.api.testing.Identities;
import io.gyre.api.testing.Instances;
import io.gyre.api.testing.Keys;
import io.gyre.api.testing.OperationsClient;
import io.gyre.api.testing.Rows;
import io.gyre.api.testing.Secrets;
import io.gyre.envelope.Envelope;
import io.gyre.envelope.EnvelopeException;
import io.gyre.rpc.RpcCredentials;
import io.gyre.secret.SecretText;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.postgresql.Driver;

@QuarkusTest
class InstanceKeyRotationTest {
    private static final String PATH = "/operations/v1/instances/";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Inject
    Clients clients;

    @Inject
    Instances instances;

    @Inject
    Identities identities;

    @Inject
    Keys keys;

    @Inject
    Secrets secrets;

    @Inject
    OperationsClient operations;

    @Inject
    Envelope envelope;

    @Inject
    Rows rows;

    @ConfigProperty(name = "quarkus.datasource.jdbc.url")
    String url;

    @ConfigProperty(name = "quarkus.flyway.username")
    String owner;

    @ConfigProperty(name = "quarkus.flyway.password")
    String password;

    private final ExecutorService others = Executors.newFixedThreadPool(4);

    @AfterEach
    void end() throws InterruptedException {
        others.shutdown();
        assertTrue(others.awaitTermination(60, TimeUnit.SECONDS));
    }

    private OperationsClient.Answer rotate(String instance) {
        return operations.post(PATH + instance + "/rotate-key");
    }

    private String key(String instance) throws Exception {
        return keys.create(new CreateKeyRequest().setDKMSInstanceId(instance));
    }

    private CreateSecretRequest secretIn(String instance, String key) {
        return secrets.generic().setDKMSInstanceId(instance).setEncryptionKeyId(key);
    }

    private String value(String secret) throws Exception {
        return clients.current()
                .getSecretValue(new GetSecretValueRequest().setSecretName(secret))
                .getBody()
                .getSecretData();
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

    private byte[] wrappedKey(String instance) {
        return HexFormat.of()
                .parseHex(rows.text(
                        "SELECT encode(wrapped_key, 'hex') FROM kms_instance WHERE instance_id = ?", instance));
    }

    private byte[] material(String key) {
        return HexFormat.of()
                .parseHex(rows.text("SELECT encode(wrapped_material, 'hex') FROM kms_key WHERE key_id = ?", key));
    }

    @Test
    void theNewKeyWrapsTheSameMaterialOfEveryVersionAndTheFormerOneNone() throws Exception {
        String instance = instances.create();
        String key = key(instance);
        String secret = secrets.create(secretIn(instance, key));
        String first = encrypt(key);
        clients.current().createKeyVersion(new CreateKeyVersionRequest().setKeyId(key));
        String second = encrypt(key);
        byte[] formerKey = wrappedKey(instance);
        byte[] opened = envelope.openKeyMaterial(instance, formerKey, key, material(key));

        JsonNode done = rotate(instance).json(200);

        assertEquals(3, done.path("materials").asInt(), "the key's own, and two versions");
        assertFalse(instances.listed(instance).path("keyRotatedAt").isMissingNode());
        assertArrayEquals(opened, envelope.openKeyMaterial(instance, wrappedKey(instance), key, material(key)));
        assertThrows(EnvelopeException.class, () -> envelope.openKeyMaterial(instance, formerKey, key, material(key)));
        assertEquals("first value", value(secret));
        assertEquals("AQ==", decrypt(first));
        assertEquals("AQ==", decrypt(second));
        clients.current().createKeyVersion(new CreateKeyVersionRequest().setKeyId(key));
        assertEquals("AQ==", decrypt(encrypt(key)));
    }

    @Test
    void readsAndWritesGoOnAndNothingOfThemIsLost() throws Exception {
        String instance = instances.create();
        String key = key(instance);
        String secret = secrets.create(secretIn(instance, key));
        Queue<Throwable> troubles = new ConcurrentLinkedQueue<>();
        Map<String, String> ciphertexts = new ConcurrentHashMap<>();
        Queue<String> created = new ConcurrentLinkedQueue<>();
        AtomicBoolean over = new AtomicBoolean();
        goOn(over, troubles, () -> value(secret));
        goOn(over, troubles, () -> {
            String another = key(instance);
            clients.current().createKeyVersion(new CreateKeyVersionRequest().setKeyId(another));
            return ciphertexts.put(another, encrypt(another));
        });
        goOn(over, troubles, () -> created.add(secrets.create(secrets.generic().setDKMSInstanceId(instance))));
        try {
            for (int rotation = 0; rotation < 8; rotation++) {
                int before = ciphertexts.size() + created.size();
                await().atMost(PATIENCE)
                        .until(() -> ciphertexts.size() + created.size() > before + 1 || !troubles.isEmpty());
                rotate(instance).json(200);
            }
        } finally {
            over.set(true);
        }
        others.shutdown();
        assertTrue(others.awaitTermination(60, TimeUnit.SECONDS));
        assertEquals(List.of(), List.copyOf(troubles));
        for (String ciphertext : ciphertexts.values()) {
            assertEquals("AQ==", decrypt(ciphertext));
        }
        for (String each : created) {
            assertEquals("first value", value(each));
        }
    }

    private void goOn(AtomicBoolean over, Queue<Throwable> troubles, Callable<?> call) {
        others.execute(() -> {
            while (!over.get()) {
                try {
                    call.call();
                } catch (Exception | AssertionError e) {
                    troubles.add(e);
                }
            }
        });
    }

    /** Or what they make would be wrapped by a key that is gone. */
    @Test
    void whoeverMakesAKeyWaitsForARotationThatHasBegun() throws Exception {
        String instance = instances.create();
        String there = key(instance);
        List<Callable<?>> makers = List.of(
                () -> key(instance),
                () -> clients.current().createKeyVersion(new CreateKeyVersionRequest().setKeyId(there)),
                () -> secrets.create(secrets.generic().setDKMSInstanceId(instance)),
                () -> operations
                        .post(PATH + instance + "/back-up", "{\"passphrase\":\"correct horse battery staple\"}")
                        .json(200));
        for (Callable<?> maker : makers) {
            try (Connection connection = new Driver().connect(url, login());
                    Statement statement = connection.createStatement()) {
                connection.setAutoCommit(false);
                // As the rotation takes it: whoever only points at the row by a foreign key need not wait.
                statement.execute("SELECT FROM kms_instance WHERE instance_id = '" + instance + "' FOR NO KEY UPDATE");
                Future<?> made = others.submit(maker);
                await().atMost(PATIENCE).until(() -> waiting(connection) > 0 || made.isDone());
                assertFalse(made.isDone(), "it waits");
                connection.rollback();
                made.get(60, TimeUnit.SECONDS);
            }
        }
    }

    /** Of those that wait for this connection. */
    private long waiting(Connection connection) throws SQLException {
        int pid;
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_backend_pid()")) {
            row.next();
            pid = row.getInt(1);
        }
        return rows.count("SELECT count(*) FROM pg_stat_activity WHERE ? = ANY(pg_blocking_pids(pid))", pid);
    }

    private Properties login() {
        Properties login = new Properties();
        login.setProperty("user", owner);
        login.setProperty("password", password);
        return login;
    }

    @Test
    void aRotationWaitsForWhoeverMakesAKeyAndNotForEver() throws Exception {
        String instance = instances.create();
        String key = key(instance);
        byte[] former = wrappedKey(instance);
        try (Connection connection = new Driver().connect(url, login());
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("SELECT FROM kms_instance WHERE instance_id = '" + instance + "' FOR SHARE");
            assertTrue(rotate(instance).problem(503, "InstanceBusy").contains(instance));
            assertArrayEquals(former, wrappedKey(instance));

            Future<OperationsClient.Answer> rotation = others.submit(() -> rotate(instance));
            await().atMost(PATIENCE).until(() -> waiting(connection) > 0 || rotation.isDone());
            assertFalse(rotation.isDone());
            connection.rollback();
            rotation.get(60, TimeUnit.SECONDS).json(200);
        }
        assertEquals("AQ==", decrypt(encrypt(key)));
    }

    @Test
    void whatDoesNotOpenKeepsEverythingAsItIs() throws Exception {
        String instance = instances.create();
        String key = key(instance);
        String secret = secrets.create(secretIn(instance, key));
        String spoilt = key(instance);
        rows.change(
                "UPDATE kms_key_version SET wrapped_material = set_byte(wrapped_material, 20,"
                        + " 255 - get_byte(wrapped_material, 20)) WHERE key_id = ?",
                spoilt);
        byte[] formerKey = wrappedKey(instance);
        byte[] formerMaterial = material(key);

        String refusal = rotate(instance).problem(409, "InstanceKeyStuck");

        assertTrue(refusal.contains("nothing was changed: Cannot decrypt the material of key " + spoilt), refusal);
        assertArrayEquals(formerKey, wrappedKey(instance));
        assertArrayEquals(formerMaterial, material(key));
        assertEquals("first value", value(secret));
    }

    @Test
    void theShareOfKms10HasAKeyThatIsRotatedToo() throws Exception {
        String secret = secrets.create(secrets.generic());
        byte[] former = wrappedKey("shared/" + Identities.ACCOUNT);
        assertTrue(rotate("kms-1.0").json(200).path("materials").asInt() > 1);
        assertFalse(Arrays.equals(former, wrappedKey("shared/" + Identities.ACCOUNT)));
        assertEquals("first value", value(secret));
        assertEquals("first value", value(secrets.create(secrets.generic())));
    }

    @Test
    void anInstanceThatIsNotThereOrWasReleasedHasNone() {
        rotate("kst-none").problem(404, "InstanceNotFound");
        String instance = instances.create();
        instances.expire(instance, 16);
        await().atMost(PATIENCE)
                .until(() -> instances.listed(instance).path("status").asText().equals("Released"));
        assertTrue(rotate(instance).problem(409, "InstanceReleased").contains("there is none to rotate"));
    }

    @Test
    void anInstanceThatHasExpiredIsRotatedAndRenewed() throws Exception {
        String instance = instances.create("{\"days\":30}");
        String secret = secrets.create(secretIn(instance, key(instance)));
        instances.expire(instance, 1);
        rotate(instance).json(200);
        instances.renew(instance, 30).json(200);
        assertEquals("first value", value(secret));
    }

    @Test
    void itNeedsAPermissionOfItsOwn() throws Exception {
        String path = PATH + instances.create() + "/rotate-key";
        Clients.AccessKey key = identities.keyOf(identities.user());
        RpcCredentials user = new RpcCredentials(key.id(), SecretText.of(key.secret()));
        String refusal = operations
                .send("POST", path, "", operations.headers("POST", path, "", user, Instant.now()))
                .problem(403, "Forbidden.NoPermission");
        assertTrue(refusal.contains("gyre:RotateInstanceKey"), refusal);
    }
}
