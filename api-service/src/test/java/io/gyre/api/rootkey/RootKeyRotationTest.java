package io.gyre.api.rootkey;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.aliyun.kms20160120.Client;
import com.aliyun.kms20160120.models.GetSecretValueRequest;
import com.aliyun.ram20150501.models.DeleteAccessKeyRequest;
import com.fasterxml.jackson.databind.JsonNode;
import io.gyre.api.access.Installation;
import io.gyre.api.testing.Clients;
import io.gyre.api.testing.Identities;
import io.gyre.api.testing.Instances;
import io.gyre.api.testing.OperationsClient;
import io.gyre.api.testing.Rows;
import io.gyre.api.testing.Secrets;
import io.gyre.envelope.Envelope;
import io.gyre.envelope.EnvelopeException;
import io.gyre.envelope.RootKey;
import io.gyre.envelope.RootKeyNames;
import io.gyre.envelope.RootKeys;
import io.gyre.rpc.RpcCredentials;
import io.gyre.secret.SecretText;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

@QuarkusTest
class RootKeyRotationTest {
    private static final String PATH = "/operations/v1/root-keys";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Inject
    OperationsClient operations;

    @Inject
    Installation installation;

    @Inject
    Instances instances;

    @Inject
    Identities identities;

    @Inject
    Secrets secrets;

    @Inject
    Clients clients;

    @Inject
    Rows rows;

    private JsonNode status() {
        return operations.get(PATH).json(200);
    }

    private String current() {
        return status().path("currentId").asText();
    }

    private JsonNode key(String id) {
        for (JsonNode key : status().path("keys")) {
            if (key.path("id").asText().equals(id)) {
                return key;
            }
        }
        throw new AssertionError("The status has no root key " + id);
    }

    private List<RootKey> given() {
        return List.of(
                RootKey.inFile(installation.rootKeyFile().orElseThrow()),
                RootKey.inFile(installation.otherRootKeyFile().orElseThrow()));
    }

    /** The one that was given beside the current one. */
    private String other() {
        String current = current();
        return given().stream()
                .map(key -> key.id().hex())
                .filter(id -> !id.equals(current))
                .findFirst()
                .orElseThrow();
    }

    private Envelope alone(String id) {
        RootKey key = given().stream()
                .filter(each -> each.id().hex().equals(id))
                .findFirst()
                .orElseThrow();
        RootKeys keys = RootKeys.of(key);
        keys.told(new RootKeyNames(key.id(), Optional.empty()));
        return new Envelope(keys);
    }

    private OperationsClient.Answer rotate(String to) {
        return operations.post(PATH + "/" + to + "/rotate-to");
    }

    private void awaitSettled() {
        await().atMost(PATIENCE).until(() -> status().path("settled").asBoolean());
    }

    @Test
    void whatAnotherRootKeySealedIsSealedUnderTheNewOneWhileReadsAndWritesGoOn() throws Exception {
        String former = current();
        String next = other();
        String user = identities.user();
        String instance = instances.create();
        String secret = secrets.create(secrets.generic());
        String webhook = operations
                .post(
                        "/operations/v1/webhooks",
                        "{\"name\":\"resealed\",\"url\":\"https://example.com/\","
                                + "\"eventTypes\":[\"io.gyre.nothing\"]}")
                .json(200)
                .path("webhook")
                .path("webhookId")
                .asText();
        String webhookSecretId =
                rows.text("SELECT secret_id FROM webhook_secret WHERE webhook_id = CAST(? AS uuid)", webhook);
        Clients.AccessKey reader = identities.keyOf(user);
        identities.attachToUser("AliyunKMSFullAccess", user);

        Queue<Throwable> troubles = new ConcurrentLinkedQueue<>();
        AtomicBoolean over = new AtomicBoolean();
        AtomicInteger reads = new AtomicInteger();
        AtomicInteger writes = new AtomicInteger();
        ExecutorService traffic = Executors.newFixedThreadPool(3);
        try {
            Client read = clients.with(reader, false);
            goOn(traffic, over, troubles, reads, () -> {
                GetSecretValueRequest get = new GetSecretValueRequest().setSecretName(secret);
                assertEquals("first value", read.getSecretValue(get).getBody().getSecretData());
                return null;
            });
            goOn(traffic, over, troubles, writes, () -> {
                Clients.AccessKey made = identities.keyOf(user);
                clients.ram()
                        .deleteAccessKey(
                                new DeleteAccessKeyRequest().setUserName(user).setUserAccessKeyId(made.id()));
                return null;
            });
            goOn(traffic, over, troubles, writes, () -> instances.create());
            await().atMost(PATIENCE).until(() -> reads.get() > 0 && writes.get() > 1);

            JsonNode begun = rotate(next).json(200);
            assertEquals(next, begun.path("currentId").asText());
            assertEquals("root", begun.path("rotatedBy").asText());
            awaitSettled();
            int readsThen = reads.get();
            int writesThen = writes.get();
            await().atMost(PATIENCE).until(() -> reads.get() > readsThen && writes.get() > writesThen + 1);
        } finally {
            over.set(true);
            traffic.shutdown();
            assertTrue(traffic.awaitTermination(60, TimeUnit.SECONDS));
        }
        assertEquals(List.of(), List.copyOf(troubles));

        assertEquals(0, key(former).path("instances").asLong());
        assertEquals(0, key(former).path("accessKeys").asLong());
        assertEquals(0, key(former).path("auditKeys").asLong());
        assertEquals(0, key(former).path("webhookSecrets").asLong());
        assertTrue(key(next).path("webhookSecrets").asLong() > 0);
        assertDoesNotThrow(() -> alone(next)
                .openWebhookSecret(
                        webhookSecretId,
                        HexFormat.of()
                                .parseHex(rows.text(
                                        "SELECT encode(sealed, 'hex') FROM webhook_secret WHERE secret_id = ?",
                                        webhookSecretId))));
        operations.post("/operations/v1/webhooks/" + webhook + "/delete").json(200);
        assertTrue(key(next).path("instances").asLong() > 1);
        assertTrue(key(next).path("current").asBoolean());
        Envelope withNext = alone(next);
        Envelope withFormer = alone(former);
        assertTrue(rows.count("SELECT count(*) FROM kms_instance WHERE instance_id = ?", instance) == 1);
        eachSealed((what, open) -> {
            assertDoesNotThrow(() -> open.with(withNext), what);
            assertThrows(EnvelopeException.class, () -> open.with(withFormer), what);
        });
    }

    private static void goOn(
            ExecutorService traffic,
            AtomicBoolean over,
            Queue<Throwable> troubles,
            AtomicInteger done,
            Callable<?> call) {
        traffic.execute(() -> {
            while (!over.get()) {
                try {
                    call.call();
                    done.incrementAndGet();
                } catch (Exception | AssertionError e) {
                    troubles.add(e);
                }
            }
        });
    }

    /** Opens something that is stored. */
    private interface Opening {
        void with(Envelope envelope);
    }

    /** Everything that is stored under a root key, as the rows have it. */
    private void eachSealed(BiConsumer<String, Opening> look) {
        sealed("SELECT access_key_id || ' ' || encode(wrapped_secret, 'hex') FROM access_key")
                .forEach((id, bytes) -> look.accept(id, envelope -> envelope.openAccessKey(id, bytes)));
        sealed(
                        "SELECT instance_id || ' ' || encode(wrapped_key, 'hex') FROM kms_instance WHERE wrapped_key IS NOT NULL")
                .forEach((id, bytes) -> look.accept(id, envelope -> envelope.newKeyMaterial(id, bytes, "any")));
        sealed("SELECT key_id || ' ' || encode(sealed_key, 'hex') FROM audit_key")
                .forEach((id, bytes) -> look.accept(id, envelope -> envelope.openAuditKey(id, bytes)));
    }

    private Map<String, byte[]> sealed(String sql) {
        return rows.texts(sql).stream()
                .map(row -> row.split(" ", 2))
                .collect(Collectors.toMap(row -> row[0], row -> HexFormat.of().parseHex(row[1])));
    }

    @Test
    void aRunningProcessThatDoesNotKnowTheKeyKeepsItFromBecomingCurrentUntilItEnds() {
        String current = current();
        String next = other();
        UUID process = UUID.randomUUID();
        rows.change(
                "INSERT INTO root_key_process (process_id, kind, name, known_ids)"
                        + " VALUES (?, 'rotation-worker', 'worker-of-yesterday', ARRAY[?])",
                process,
                current);
        assertEquals(
                "rotation-worker worker-of-yesterday, heard of 0 s ago, was not given root key " + next
                        + ", and would open nothing any more: start it with both keys, or, where it is gone, wait for 30 s.",
                rotate(next).problem(409, "RootKeyNotEverywhere").replaceAll("heard of \\d+ s", "heard of 0 s"));
        assertEquals(current, current());

        rows.change(
                "UPDATE root_key_process SET seen_at = clock_timestamp() - interval '31 seconds' WHERE process_id = ?",
                process);
        assertEquals(next, rotate(next).json(200).path("currentId").asText());
        awaitSettled();
        rows.change("DELETE FROM root_key_process WHERE process_id = ?", process);
    }

    @Test
    void aSessionOfBeforeGoesOnAndTheFormerKeyIsKeptUntilTheLastOfThemHasEnded() throws Exception {
        String former = current();
        String next = other();
        String role = identities.role(Identities.root());
        identities.attach("AliyunKMSFullAccess", role);
        Clients.AccessKey session = identities.session(role);
        String secret = secrets.create(secrets.generic());

        rotate(next).json(200);
        awaitSettled();

        GetSecretValueRequest get = new GetSecretValueRequest().setSecretName(secret);
        assertEquals(
                "first value",
                clients.with(session, false).getSecretValue(get).getBody().getSecretData());
        assertFalse(key(former).path("removable").asBoolean());
        assertNotEquals("", key(former).path("sessionsUntil").asText());

        rows.change(
                "UPDATE root_key_session SET sealed_at = sealed_at - interval '13 hours' WHERE root_key_id = ?",
                former);
        assertTrue(key(former).path("removable").asBoolean());
        assertFalse(key(next).path("removable").asBoolean(), "the current one never is");
    }

    @Test
    void anOrderThatCannotBeIsRefusedInOneSentence() {
        String current = current();
        rotate(current).problem(409, "RootKeyCurrent");
        assertTrue(rotate("00112233445566ff")
                .problem(409, "RootKeyUnknown")
                .startsWith("This process was not given root key 00112233445566ff but "));
        rotate("no-id").problem(400, "InvalidParameter");
        assertEquals(current, current());
    }

    @Test
    void theAuditLogTellsOfTheOrderWhichKeyAndWhoseItWas() {
        String next = other();
        rotate(next).json(200);
        awaitSettled();
        assertEquals(
                List.of("Begun Write root-account", "Ended Write root-account"),
                rows
                        .texts(
                                "SELECT concat_ws(' ', e #>> '{additionalEventData,stage}', e ->> 'eventRW', e #>> '{userIdentity,type}')"
                                        + " FROM (SELECT chain_no, line, CAST(event AS jsonb) AS e FROM audit_line) l"
                                        + " WHERE e ->> 'eventName' = 'RotateRootKey' AND e #>> '{requestParameters,id}' = ?"
                                        + " AND e ->> 'errorCode' IS NULL ORDER BY chain_no DESC, line DESC LIMIT 2",
                                next)
                        .stream()
                        .sorted()
                        .toList());
    }

    @Test
    void bothOperationsNeedAPermissionOfTheirOwn() throws Exception {
        Clients.AccessKey key = identities.keyOf(identities.user());
        RpcCredentials user = new RpcCredentials(key.id(), SecretText.of(key.secret()));
        expectNotPermitted(user, "GET", PATH, "gyre:GetRootKeys");
        expectNotPermitted(user, "POST", PATH + "/" + other() + "/rotate-to", "gyre:RotateRootKey");
    }

    private void expectNotPermitted(RpcCredentials user, String method, String path, String permission) {
        String refusal = operations
                .send(method, path, "", operations.headers(method, path, "", user, Instant.now()))
                .problem(403, "Forbidden.NoPermission");
        assertTrue(refusal.contains(permission), refusal);
    }
}
