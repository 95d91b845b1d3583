package io.gyre.api.secrets;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.aliyun.kms20160120.models.CreateClientKeyRequest;
import com.aliyun.kms20160120.models.CreateKeyRequest;
import com.aliyun.kms20160120.models.CreateSecretRequest;
import com.aliyun.kms20160120.models.DecryptRequest;
import com.aliyun.kms20160120.models.EncryptRequest;
import com.aliyun.kms20160120.models.GenerateDataKeyRequest;
import com.aliyun.kms20160120.models.GetSecretValueRequest;
import com.aliyun.kms20160120.models.PutSecretValueRequest;
import io.gyre.api.testing.AccessPoints;
import io.gyre.api.testing.Clients;
import io.gyre.api.testing.GatewayClient;
import io.gyre.api.testing.Identities;
import io.gyre.api.testing.Instances;
import io.gyre.api.testing.KafkaReader;
import io.gyre.api.testing.Keys;
import io.gyre.api.testing.OperationsClient;
import io.gyre.api.testing.Refusal;
import io.gyre.api.testing.Rows;
import io.gyre.api.testing.Secrets;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

@QuarkusTest
class NothingInPlaintextTest {
    @Inject
    Clients clients;

    @Inject
    Secrets secrets;

    @Inject
    Keys keys;

    @Inject
    Identities identities;

    @Inject
    Instances instances;

    @Inject
    AccessPoints accessPoints;

    @Inject
    GatewayClient gateway;

    @Inject
    OperationsClient operations;

    @Inject
    Rows rows;

    @ConfigProperty(name = "gyre.kafka.bootstrap-servers")
    String kafka;

    @ConfigProperty(name = "quarkus.log.file.path")
    Path log;

    private final List<String> values = new ArrayList<>();

    @Test
    void noValueReachesATableARecordOrTheLog() throws Exception {
        values.add(clients.administratorKey().getProperty("AccessKeySecret"));
        useEveryTypeOfSecret();
        useKeysAndIdentities();
        logInByClientKeys();
        backUpAndRestore();
        misuseThem();
        String last = secrets.create(secrets.rdsSingle());
        clients.call("RotateSecret", Map.of("SecretName", last, "VersionId", "v2"));
        try (KafkaReader reader = new KafkaReader(kafka)) {
            reader.await(3, record -> record.key() != null && record.key().endsWith(":secret/" + last));
            expectNone("a record", reader.everything());
        }
        expectNone("a table", rows.everything());
        String logged = Files.readString(log);
        assertTrue(logged.contains("The KMS API is served"), "the log is the service's");
        expectNone("the log", logged);
    }

    private void useEveryTypeOfSecret() throws Exception {
        String generic = secrets.create(secrets.generic().setSecretData(value()));
        clients.current()
                .putSecretValue(new PutSecretValueRequest()
                        .setSecretName(generic)
                        .setVersionId("v2")
                        .setSecretData(value()));
        clients.current().getSecretValue(new GetSecretValueRequest().setSecretName(generic));
        clients.call("BatchGetSecretValue", Map.of("SecretsList", "[{\"SecretName\":\"" + generic + "\"}]"));
        secrets.create(secrets.ram()
                .setSecretData("{\"AccessKeys\":[{\"AccessKeyId\":\"LTAI1\",\"AccessKeySecret\":\"" + value() + "\"},"
                        + "{\"AccessKeyId\":\"LTAI2\",\"AccessKeySecret\":\"" + value() + "\"}]}"));
        secrets.create(secrets.ecsKey()
                .setSecretData("{\"UserName\":\"root\",\"PublicKey\":\"ssh-rsa AAAA\",\"PrivateKey\":\"-----BEGIN "
                        + value() + "\"}"));
        String ecs = secrets.create(
                secrets.ecsPassword().setSecretData("{\"UserName\":\"root\",\"Password\":\"" + value() + "\"}"));
        String rds = secrets.create(secrets.rdsSingle().setSecretData(account("Accounts")));
        rotate(ecs, "{\"UserName\":\"root\",\"Password\":\"" + value() + "\"}");
        rotate(rds, "{\"AccountName\":\"app\",\"AccountPassword\":\"" + value() + "\"}");
    }

    private void useKeysAndIdentities() throws Exception {
        String key = keys.create();
        String plaintext = Base64.getEncoder().encodeToString(value().getBytes(StandardCharsets.UTF_8));
        String blob = clients.current()
                .encrypt(new EncryptRequest().setKeyId(key).setPlaintext(plaintext))
                .getBody()
                .getCiphertextBlob();
        clients.current().decrypt(new DecryptRequest().setCiphertextBlob(blob));
        values.add(clients.current()
                .generateDataKey(new GenerateDataKeyRequest().setKeyId(key))
                .getBody()
                .getPlaintext());
        values.add(identities.keyOf(identities.user()).secret());
        Clients.AccessKey session = identities.session(identities.role(Identities.root()));
        values.add(session.secret());
        values.add(String.valueOf(session.securityToken()));
        clients.sts(session, false).getCallerIdentity();
    }

    private void logInByClientKeys() throws Exception {
        String instance = instances.create();
        String secret =
                secrets.create(secrets.generic().setDKMSInstanceId(instance).setSecretData(value()));
        String point = accessPoints.accessPoint(accessPoints.policy(instance, "[\"secret/*\",\"key/*\"]", null));
        String password = value();
        var made = clients.current()
                .createClientKey(new CreateClientKeyRequest().setAapName(point).setPassword(password))
                .getBody();
        values.add(made.getPrivateKeyData());
        GatewayClient.Login login = GatewayClient.Login.of(made.getClientKeyId(), made.getPrivateKeyData(), password);
        String key = keys.create(new CreateKeyRequest().setDKMSInstanceId(instance));
        gateway.call(login, "GetSecretValue", Map.of("SecretName", secret));
        gateway.call(login, "Encrypt", Map.of("KeyId", key, "Plaintext", value().getBytes(StandardCharsets.UTF_8)));
        for (GatewayClient.Answer refused : List.of(
                gateway.call(login, "Encrypt", Map.of("KeyId", key, "Algorithm", value())),
                gateway.call(login, "GetSecretValue", Map.of("SecretName", secret, "VersionStage", "{" + value())),
                gateway.call(login, value(), Map.of()),
                gateway.call(login, "GetSecretValue", Map.of(), call -> call.headers.put("date", value())),
                gateway.call(new GatewayClient.Login(value(), login.privateKey()), "GetSecretValue", Map.of()))) {
            assertNotEquals(200, refused.status());
            expectNone("a refusal of the gateway", refused.fields().toString());
        }
        Refusal refusal = Refusal.of(() -> clients.current()
                .createClientKey(new CreateClientKeyRequest().setAapName(point).setPassword(value().repeat(9))));
        expectNone("a refusal", refusal.message());
    }

    private void backUpAndRestore() throws Exception {
        String instance = instances.create("{\"days\":30}");
        secrets.create(secrets.generic().setDKMSInstanceId(instance).setSecretData(value()));
        String passphrase = value();
        String path = "/operations/v1/instances/";
        String backup = operations
                .post(path + instance + "/back-up", "{\"passphrase\":\"" + passphrase + "\"}")
                .json(200)
                .path("backup")
                .asText();
        String refusal = operations
                .post(path + "restore", "{\"passphrase\":\"" + passphrase + "\",\"backup\":\"" + backup + "\"}")
                .problem(409, "RestoreInTheWay");
        expectNone("a refusal", refusal);
        operations.post(path + "restore", "{\"passphrase\":\"" + value() + "\",\"backup\":\"" + backup + "\"}");
        operations.post(path + instance + "/back-up", "{\"passphrase\":\"" + value().repeat(9) + "\"}");
        operations.post(path + instance + "/back-up", "{\"passphrase\":\"" + value());
        operations.get(path + value());
        operations.get("/operations/v1/rotations?secret=" + value());
    }

    /** Values in requests that are refused, or sent where no value belongs. */
    private void misuseThem() throws Exception {
        String name = secrets.create(secrets.generic());
        Refusal.of(() -> clients.current()
                .putSecretValue(new PutSecretValueRequest()
                        .setSecretName(name)
                        .setVersionId("v1")
                        .setSecretData(value())));
        for (CreateSecretRequest refused : List.of(
                secrets.rdsSingle().setSecretData("{\"" + value()),
                secrets.rdsSingle().setSecretData(account("Users")),
                secrets.generic().setSecretName("acs/" + name).setSecretData(value()),
                secrets.generic().setTags("[{\"TagKey\":\"" + value() + "?\"}]"),
                secrets.generic().setExtendedConfig(Map.of("Password", value())))) {
            Refusal refusal = Refusal.of(() -> clients.current().createSecret(refused));
            expectNone("a refusal", refusal.message());
        }
        Map<String, String> odd = Map.of(
                "BatchGetSecretValue", "SecretsList",
                "UpdateSecret", "ExtendedConfig.CustomData",
                "SetSecretPolicy", "Policy",
                "TagResource", "Tags",
                "UpdateSecretVersionStage", "VersionStage",
                "ListSecrets", "Filters");
        odd.forEach((action, parameter) -> {
            for (String text : List.of("{\"" + value() + "\":\"" + value() + "\"", "[{\"" + value() + "\":1}]")) {
                Refusal refusal = Refusal.of(() -> clients.call(action, Map.of("SecretName", name, parameter, text)));
                expectNone("a refusal of " + action, refusal.message());
            }
        });
        Refusal.of(() -> clients.call(value(), Map.of("SecretData", value())));
    }

    private void rotate(String name, String data) throws Exception {
        clients.call("RotateSecret", Map.of("SecretName", name, "VersionId", "v2", "SecretData", data));
    }

    private String account(String list) {
        return "{\"" + list + "\":[{\"AccountName\":\"app\",\"AccountPassword\":\"" + value() + "\"}]}";
    }

    /** A value that occurs nowhere else. */
    private String value() {
        String value = "plain" + UUID.randomUUID().toString().replace("-", "");
        values.add(value);
        return value;
    }

    private void expectNone(String where, String text) {
        for (String value : values) {
            byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
            assertFalse(text.contains(value), where + " holds " + value);
            assertFalse(text.contains(HexFormat.of().formatHex(bytes)), where + " holds " + value + " in hexadecimal");
            assertFalse(
                    text.contains(Base64.getEncoder().withoutPadding().encodeToString(bytes)),
                    where + " holds " + value + " in Base64");
        }
    }
}
