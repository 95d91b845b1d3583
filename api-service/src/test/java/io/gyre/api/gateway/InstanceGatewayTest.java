package io.gyre.api.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.aliyun.kms20160120.models.CreateKeyRequest;
import com.aliyun.kms20160120.models.CreateKeyVersionRequest;
import com.aliyun.kms20160120.models.DecryptRequest;
import com.aliyun.kms20160120.models.DeleteClientKeyRequest;
import com.aliyun.kms20160120.models.PutSecretValueRequest;
import com.aliyun.kms20160120.models.SetSecretPolicyRequest;
import com.aliyun.kms20160120.models.UpdateApplicationAccessPointRequest;
import com.aliyun.kms20160120.models.UpdateNetworkRuleRequest;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gyre.api.testing.AccessPoints;
import io.gyre.api.testing.Clients;
import io.gyre.api.testing.GatewayClient;
import io.gyre.api.testing.GatewayClient.Answer;
import io.gyre.api.testing.GatewayClient.Call;
import io.gyre.api.testing.GatewayClient.Login;
import io.gyre.api.testing.Identities;
import io.gyre.api.testing.Instances;
import io.gyre.api.testing.Keys;
import io.gyre.api.testing.Rows;
import io.gyre.api.testing.Secrets;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.Test;

/** What a program can do that holds a client key, and what it cannot. */
@QuarkusTest
class InstanceGatewayTest {
    private static final byte[] PLAIN = "four words in all".getBytes(StandardCharsets.UTF_8);

    @Inject
    Clients clients;

    @Inject
    AccessPoints points;

    @Inject
    GatewayClient gateway;

    @Inject
    Instances instances;

    @Inject
    Keys keys;

    @Inject
    Secrets secrets;

    @Inject
    Rows rows;

    @Inject
    ObjectMapper json;

    private Login login(String instance, String resources) throws Exception {
        return points.login(points.accessPoint(points.policy(instance, resources, null)));
    }

    private String secretIn(String instance) throws Exception {
        String key = keys.create(new CreateKeyRequest().setDKMSInstanceId(instance));
        return secrets.create(secrets.generic().setDKMSInstanceId(instance).setEncryptionKeyId(key));
    }

    private Answer value(Login login, String secret) throws Exception {
        return gateway.call(login, "GetSecretValue", Map.of("SecretName", secret));
    }

    private static void assertRefused(int status, String code, Answer answer) {
        assertEquals(
                status + " " + code, answer.status() + " " + answer.field("ErrorCode"), answer.field("ErrorMessage"));
        assertEquals(String.valueOf(status), answer.field("StatusCode"));
        assertEquals(36, answer.field("RequestId").length());
    }

    @Test
    void aSecretOfTheInstanceIsRead() throws Exception {
        String instance = instances.create();
        String secret = secretIn(instance);
        clients.current()
                .putSecretValue(new PutSecretValueRequest()
                        .setSecretName(secret)
                        .setVersionId("v2")
                        .setSecretData("the second é")
                        .setVersionStages("[\"ACSCurrent\",\"blue\"]"));
        Login login = login(instance, "[\"secret/" + secret + "\"]");
        Answer answer = value(login, secret);
        assertEquals(200, answer.status(), answer.field("ErrorMessage"));
        assertEquals(
                List.of(secret, "Generic", "the second é", "text", "v2"),
                List.of(
                        answer.field("SecretName"),
                        answer.field("SecretType"),
                        answer.field("SecretData"),
                        answer.field("SecretDataType"),
                        answer.field("VersionId")));
        assertTrue(answer.field("VersionStages").contains("ACSCurrent"), answer.field("VersionStages"));
        assertTrue(answer.field("VersionStages").contains("blue"), answer.field("VersionStages"));
        assertEquals("application/x-protobuf", answer.headers().get("content-type"));
        Answer elder = gateway.call(
                login,
                "GetSecretValue",
                Map.of("SecretName", secret, "VersionStage", "ACSPrevious", "FetchExtendedConfig", true));
        assertEquals(200, elder.status(), elder.field("ErrorMessage"));
        assertNotEquals("v2", elder.field("VersionId"));
    }

    @Test
    void whatNoPolicyOfTheAccessPointNamesIsForbidden() throws Exception {
        String instance = instances.create();
        String mine = secretIn(instance);
        String other = secretIn(instance);
        Login login = login(instance, "[\"secret/" + mine + "\"]");
        assertEquals(200, value(login, mine).status());
        Answer refused = value(login, other);
        assertRefused(403, "Forbidden.NoPermission", refused);
        assertTrue(
                refused.field("ErrorMessage")
                        .contains("It needs kms:GetSecretValue on acs:kms:cn-hangzhou:" + Identities.ACCOUNT
                                + ":secret/" + other + ", which no policy allows access-point/"),
                refused.field("ErrorMessage"));
        String key = keys.create(new CreateKeyRequest().setDKMSInstanceId(instance));
        assertRefused(
                403,
                "Forbidden.NoPermission",
                gateway.call(login, "Encrypt", Map.of("KeyId", key, "Plaintext", PLAIN)));
    }

    @Test
    void aPolicyHoldsInItsInstanceAlone() throws Exception {
        String mine = instances.create();
        String other = instances.create();
        Login login = login(mine, "[\"secret/*\",\"key/*\"]");
        String there = secretIn(other);
        String shared = secrets.create(secrets.generic());
        assertEquals(200, value(login, secretIn(mine)).status());
        assertRefused(403, "Forbidden.NoPermission", value(login, there));
        assertRefused(403, "Forbidden.NoPermission", value(login, shared));
        assertRefused(404, "Forbidden.ResourceNotFound", value(login, "there-is-none"));
        String key = keys.create(new CreateKeyRequest().setDKMSInstanceId(other));
        assertRefused(
                403,
                "Forbidden.NoPermission",
                gateway.call(login, "GenerateDataKey", Map.of("KeyId", key, "NumberOfBytes", 32)));
    }

    @Test
    void aNetworkRuleLimitsWhereFrom() throws Exception {
        String instance = instances.create();
        String secret = secretIn(instance);
        String elsewhere = points.networkRule("[\"192.0.2.0/24\"]");
        Login login = points.login(points.accessPoint(points.policy(instance, "[\"secret/*\"]", elsewhere)));
        assertRefused(403, "Forbidden.NoPermission", value(login, secret));
        clients.current()
                .updateNetworkRule(new UpdateNetworkRuleRequest()
                        .setName(elsewhere)
                        .setSourcePrivateIp("[\"192.0.2.0/24\",\"127.0.0.0/8\"]"));
        assertEquals(200, value(login, secret).status());
    }

    @Test
    void aChangeOfPoliciesCountsAtOnce() throws Exception {
        String instance = instances.create();
        String secret = secretIn(instance);
        String point = points.accessPoint(points.policy(instance, "[\"secret/*\"]", null));
        Login login = points.login(point);
        assertEquals(200, value(login, secret).status());
        String keysOnly = points.policy(instance, "[\"key/*\"]", null);
        clients.current()
                .updateApplicationAccessPoint(
                        new UpdateApplicationAccessPointRequest().setName(point).setPolicies("[\"" + keysOnly + "\"]"));
        assertRefused(403, "Forbidden.NoPermission", value(login, secret));
    }

    @Test
    void thePolicyOfASecretDeniesAccessPointsToo() throws Exception {
        String instance = instances.create();
        String secret = secretIn(instance);
        Login login = login(instance, "[\"secret/*\"]");
        assertEquals(200, value(login, secret).status());
        clients.current()
                .setSecretPolicy(new SetSecretPolicyRequest()
                        .setSecretName(secret)
                        .setPolicy("{\"Version\":\"1\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"RAM\":"
                                + "[\"acs:ram::" + Identities.ACCOUNT
                                + ":user/alice\"]},\"Action\":[\"kms:*\"],\"Resource\":[\"*\"]}]}"));
        assertRefused(403, "Forbidden.NoPermission", value(login, secret));
    }

    @Test
    void whatIsEncryptedIsDecryptedAlsoThroughTheOtherApiAndAfterTheKeyWasRotated() throws Exception {
        String instance = instances.create();
        String key = keys.create(new CreateKeyRequest().setDKMSInstanceId(instance));
        Login login = login(instance, "[\"key/" + key + "\"]");
        byte[] aad = {1, 2, 3};
        for (String prefix : List.of("", "Advance")) {
            Answer sealed = gateway.call(
                    login,
                    prefix + "Encrypt",
                    Map.of("KeyId", key, "Plaintext", PLAIN, "Aad", aad, "Algorithm", "AES_GCM"));
            assertEquals(200, sealed.status(), sealed.field("ErrorMessage"));
            assertEquals(List.of(key, "AES_GCM"), List.of(sealed.field("KeyId"), sealed.field("Algorithm")));
            assertEquals(12, bytes(sealed, "Iv").length);
            String version = sealed.headers().get("x-kms-migrationkeyversionid");
            assertEquals(36, version.length());
            assertEquals(prefix.isEmpty() ? "" : version, sealed.field("KeyVersionId"));
            clients.current().createKeyVersion(new CreateKeyVersionRequest().setKeyId(key));

            Map<String, Object> decrypt = new LinkedHashMap<>();
            decrypt.put("CiphertextBlob", bytes(sealed, "CiphertextBlob"));
            decrypt.put("KeyId", key);
            decrypt.put("Iv", bytes(sealed, "Iv"));
            decrypt.put("Aad", aad);
            Answer opened = gateway.call(login, prefix + "Decrypt", decrypt);
            assertEquals(200, opened.status(), opened.field("ErrorMessage"));
            assertEquals(Base64.getEncoder().encodeToString(PLAIN), opened.field("Plaintext"));
            assertEquals(
                    Base64.getEncoder().encodeToString(PLAIN),
                    clients.current()
                            .decrypt(new DecryptRequest()
                                    .setCiphertextBlob(sealed.field("CiphertextBlob"))
                                    .setEncryptionContext(
                                            Map.of("Aad", Base64.getEncoder().encodeToString(aad))))
                            .getBody()
                            .getPlaintext());

            for (Map<String, Object> other : List.of(
                    Map.<String, Object>of("Aad", new byte[] {1, 2}),
                    Map.<String, Object>of("Iv", new byte[12]),
                    Map.<String, Object>of("KeyId", "another-key"),
                    Map.<String, Object>of("CiphertextBlob", changed(bytes(sealed, "CiphertextBlob"))))) {
                Map<String, Object> fields = new LinkedHashMap<>(decrypt);
                fields.putAll(other);
                assertRefused(400, "InvalidCiphertext", gateway.call(login, prefix + "Decrypt", fields));
            }
        }
    }

    @Test
    void aDataKeyIsAnsweredPlainAndEncrypted() throws Exception {
        String instance = instances.create();
        String key = keys.create(new CreateKeyRequest().setDKMSInstanceId(instance));
        Login login = login(instance, "[\"key/*\"]");
        for (String prefix : List.of("", "Advance")) {
            Answer made = gateway.call(login, prefix + "GenerateDataKey", Map.of("KeyId", key, "NumberOfBytes", 24));
            assertEquals(200, made.status(), made.field("ErrorMessage"));
            assertEquals(24, bytes(made, "Plaintext").length);
            Answer opened = gateway.call(
                    login,
                    prefix + "Decrypt",
                    Map.of("CiphertextBlob", bytes(made, "CiphertextBlob"), "Iv", bytes(made, "Iv")));
            assertEquals(made.field("Plaintext"), opened.field("Plaintext"));
        }
    }

    @Test
    void aKeyPairIsAnsweredWithItsPrivateHalfEncrypted() throws Exception {
        String instance = instances.create();
        String key = keys.create(new CreateKeyRequest().setDKMSInstanceId(instance));
        Login login = login(instance, "[\"key/" + key + "\"]");
        Map<String, String> algorithms = Map.of("RSA_2048", "RSA", "EC_P256", "EC", "EC_P256K", "EC");
        for (String prefix : List.of("", "Advance")) {
            for (String spec : List.of("RSA_2048", "EC_P256", "EC_P256K")) {
                Answer made = gateway.call(
                        login,
                        prefix + "GenerateDataKeyPair",
                        Map.of("KeyId", key, "KeyPairSpec", spec, "KeyFormat", "DER", "Aad", PLAIN));
                assertEquals(200, made.status(), made.field("ErrorMessage"));
                assertEquals(spec, made.field("KeyPairSpec"));
                Answer opened = gateway.call(
                        login,
                        "Decrypt",
                        Map.of(
                                "CiphertextBlob",
                                bytes(made, "PrivateKeyCiphertextBlob"),
                                "Iv",
                                bytes(made, "Iv"),
                                "Aad",
                                PLAIN));
                assertEquals(made.field("PrivateKeyPlaintext"), opened.field("Plaintext"));
                KeyFactory keys = KeyFactory.getInstance(algorithms.get(spec), new BouncyCastleProvider());
                Signature signature = Signature.getInstance(
                        spec.startsWith("RSA") ? "SHA256withRSA" : "SHA256withECDSA", new BouncyCastleProvider());
                signature.initSign(keys.generatePrivate(new PKCS8EncodedKeySpec(bytes(opened, "Plaintext"))));
                signature.update(PLAIN);
                byte[] signed = signature.sign();
                signature.initVerify(keys.generatePublic(new X509EncodedKeySpec(bytes(made, "PublicKey"))));
                signature.update(PLAIN);
                assertTrue(signature.verify(signed), spec);
            }
            Answer sealed = gateway.call(
                    login,
                    prefix + "GenerateDataKeyPairWithoutPlaintext",
                    Map.of("KeyId", key, "KeyPairSpec", "EC_P256"));
            assertEquals(200, sealed.status(), sealed.field("ErrorMessage"));
            assertFalse(sealed.fields().containsKey("PrivateKeyPlaintext"));
            assertTrue(new String(bytes(sealed, "PublicKey"), StandardCharsets.US_ASCII)
                    .startsWith("-----BEGIN PUBLIC KEY"));
            assertRefused(
                    400,
                    "InvalidParameter",
                    gateway.call(login, prefix + "GenerateDataKeyPair", Map.of("KeyId", key, "KeyPairSpec", "EC_SM2")));
        }
        String other = keys.create(new CreateKeyRequest().setDKMSInstanceId(instance));
        for (String apiName : List.of("GenerateDataKeyPair", "GenerateDataKeyPairWithoutPlaintext")) {
            assertRefused(
                    403,
                    "Forbidden.NoPermission",
                    gateway.call(login, apiName, Map.of("KeyId", other, "KeyPairSpec", "EC_P256")));
        }
    }

    @Test
    void whatIsSignedHereHoldsAgainstThePublicKey() throws Exception {
        String instance = instances.create();
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(PLAIN);
        for (String spec : List.of("RSA_2048", "EC_P256K")) {
            String key = keys.create(new CreateKeyRequest()
                    .setDKMSInstanceId(instance)
                    .setKeySpec(spec)
                    .setKeyUsage("SIGN/VERIFY"));
            Login login = login(instance, "[\"key/" + key + "\"]");
            String algorithm = spec.startsWith("RSA") ? "RSA_PKCS1_SHA_256" : "ECDSA_SHA_256";
            Answer told = gateway.call(login, "GetPublicKey", Map.of("KeyId", key));
            assertEquals(200, told.status(), told.field("ErrorMessage"));
            byte[] der = Base64.getMimeDecoder().decode(told.field("PublicKey").replaceAll("-----[A-Z ]+-----", ""));
            Signature holding = Signature.getInstance(
                    spec.startsWith("RSA") ? "SHA256withRSA" : "SHA256withECDSA", new BouncyCastleProvider());
            holding.initVerify(KeyFactory.getInstance(spec.startsWith("RSA") ? "RSA" : "EC", new BouncyCastleProvider())
                    .generatePublic(new X509EncodedKeySpec(der)));
            for (Map<String, Object> signed : List.of(
                    Map.<String, Object>of("Message", PLAIN),
                    Map.<String, Object>of("Message", PLAIN, "MessageType", "RAW"),
                    Map.<String, Object>of("Message", digest, "MessageType", "DIGEST"),
                    Map.<String, Object>of("Digest", digest, "MessageType", "RAW"),
                    Map.<String, Object>of("Digest", digest))) {
                Map<String, Object> fields = new LinkedHashMap<>(signed);
                fields.put("KeyId", key);
                fields.put("Algorithm", algorithm);
                Answer made = gateway.call(login, "Sign", fields);
                assertEquals(200, made.status(), made.field("ErrorMessage"));
                assertEquals(key + " " + algorithm, made.field("KeyId") + " " + made.field("Algorithm"));
                JsonNode event = told(made);
                assertEquals(
                        json.readTree("{\"Algorithm\":\"" + algorithm + "\",\"KeyId\":\"" + key + "\"}"),
                        event.path("requestParameters"));
                assertEquals("Read", event.path("eventRW").asText());
                boolean raw = !signed.containsKey("Digest") && !signed.containsValue("DIGEST");
                assertEquals(raw ? "RAW" : "DIGEST", made.field("MessageType"));
                holding.update(PLAIN);
                assertTrue(
                        holding.verify(bytes(made, "Signature")),
                        signed.keySet().toString());

                fields.put("Signature", bytes(made, "Signature"));
                Answer verified = gateway.call(login, "Verify", fields);
                assertEquals("true", verified.field("Value"), verified.field("ErrorMessage"));
                fields.put("Signature", changed(bytes(made, "Signature")));
                Answer wrong = gateway.call(login, "Verify", fields);
                assertEquals("200 ", wrong.status() + " " + wrong.field("Value"), "false is left out");
            }
            assertRefused(
                    400,
                    "InvalidParam",
                    gateway.call(
                            login,
                            "Sign",
                            Map.of("KeyId", key, "Algorithm", algorithm, "Message", PLAIN, "MessageType", "raw")));
            assertRefused(
                    400, "MissingParameter", gateway.call(login, "Sign", Map.of("KeyId", key, "Algorithm", algorithm)));
            assertRefused(
                    400,
                    "InvalidParam",
                    gateway.call(
                            login,
                            "Sign",
                            Map.of("KeyId", key, "Algorithm", algorithm, "Message", PLAIN, "Digest", digest)));
            String other = keys.create(
                    new CreateKeyRequest().setDKMSInstanceId(instance).setKeySpec("EC_P256"));
            assertRefused(
                    403,
                    "Forbidden.NoPermission",
                    gateway.call(
                            login, "Sign", Map.of("KeyId", other, "Algorithm", "ECDSA_SHA_256", "Message", PLAIN)));
        }
    }

    @Test
    void anAsymmetricKeyEncryptsAndDecryptsByItsAlgorithm() throws Exception {
        String instance = instances.create();
        String key =
                keys.create(new CreateKeyRequest().setDKMSInstanceId(instance).setKeySpec("RSA_2048"));
        Login login = login(instance, "[\"key/" + key + "\"]");
        for (String algorithm : List.of("RSAES_OAEP_SHA_256", "RSAES_OAEP_SHA_1")) {
            Map<String, Object> fields = Map.of("KeyId", key, "Algorithm", algorithm, "Plaintext", PLAIN);
            Answer sealed = gateway.call(login, "Encrypt", fields);
            assertEquals(200, sealed.status(), sealed.field("ErrorMessage"));
            assertEquals(algorithm + " ", sealed.field("Algorithm") + " " + sealed.field("Iv"));
            Answer opened = gateway.call(
                    login,
                    "Decrypt",
                    Map.of("KeyId", key, "Algorithm", algorithm, "CiphertextBlob", bytes(sealed, "CiphertextBlob")));
            assertEquals(Base64.getEncoder().encodeToString(PLAIN), opened.field("Plaintext"));
            Map<String, Object> withAad = new LinkedHashMap<>(fields);
            withAad.put("Aad", PLAIN);
            assertRefused(400, "InvalidParam", gateway.call(login, "Encrypt", withAad));
        }
        assertRefused(
                400, "UnsupportedOperation", gateway.call(login, "Encrypt", Map.of("KeyId", key, "Plaintext", PLAIN)));
    }

    @Test
    void randomBytesNeedNoPermission() throws Exception {
        Login login = login(instances.create(), "[\"secret/*\"]");
        Answer one = gateway.call(login, "GenerateRandom", Map.of("Length", 20));
        assertEquals(200, one.status(), one.field("ErrorMessage"));
        assertEquals(20, bytes(one, "Random").length);
        assertNotEquals(
                one.field("Random"),
                gateway.call(login, "GenerateRandom", Map.of("Length", 20)).field("Random"));
        assertRefused(400, "MissingParameter", gateway.call(login, "GenerateRandom", Map.of()));
        assertRefused(400, "InvalidParameter", gateway.call(login, "GenerateRandom", Map.of("Length", 1025)));
    }

    @Test
    void aRequestThatIsNotSignedAsItArrivesIsRefused() throws Exception {
        String instance = instances.create();
        String secret = secretIn(instance);
        String other = secretIn(instance);
        Login login = login(instance, "[\"secret/*\"]");
        KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
        rsa.initialize(2048);
        assertEquals(200, value(login, secret).status());
        assertRefused(
                401,
                "SignatureNotMatch",
                value(new Login(login.clientKeyId(), rsa.generateKeyPair().getPrivate()), secret));
        assertRefused(
                401,
                "Unauthorized",
                value(new Login("KAAP.00000000-0000-4000-8000-000000000000", login.privateKey()), secret));
        assertRefused(401, "Unauthorized", value(new Login("LTAIsomething", login.privateKey()), secret));

        byte[] otherBody = gatewayBody(other);
        assertAttack(login, secret, 400, "InvalidParam", call -> call.body = otherBody);
        assertAttack(login, secret, 401, "SignatureNotMatch", call -> {
            call.body = otherBody;
            call.headers.put("content-sha256", hash(otherBody));
        });
        assertAttack(login, secret, 401, "SignatureNotMatch", call -> call.headers.put("x-kms-apiname", "Decrypt"));
        assertAttack(login, secret, 401, "SignatureNotMatch", call -> call.headers.put("x-kms-more", "unsigned"));
        assertAttack(
                login,
                secret,
                401,
                "SignatureNotMatch",
                call -> call.headers.put(
                        "date", GatewayClient.date(Instant.now().minusSeconds(60))));
        assertAttack(login, secret, 400, "MissingParameter", call -> call.headers.remove("authorization"));
        assertAttack(login, secret, 400, "InvalidParam", call -> call.headers.put("authorization", "Basic QQ=="));
        assertAttack(login, secret, 401, "SignatureNotMatch", call -> call.headers.put("authorization", "Bearer #"));
        assertAttack(login, secret, 400, "MissingParameter", call -> call.headers.remove("x-kms-acccesskeyid"));
    }

    private void assertAttack(Login login, String secret, int status, String code, Consumer<Call> change)
            throws Exception {
        assertRefused(
                status,
                code,
                gateway.call(
                        login, "GetSecretValue", Map.of("SecretName", secret), call -> call.afterSigning = change));
    }

    @Test
    void whatIsSignedButMeansNothingHereIsRefused() throws Exception {
        String instance = instances.create();
        String key = keys.create(new CreateKeyRequest().setDKMSInstanceId(instance));
        Login login = login(instance, "[\"secret/*\",\"key/*\"]");
        Map<String, Object> read = Map.of("SecretName", "a");
        assertRefused(
                400,
                "RequestTimeTooSkewed",
                gateway.call(
                        login,
                        "GetSecretValue",
                        read,
                        call -> call.headers.put(
                                "date", GatewayClient.date(Instant.now().minus(Duration.ofMinutes(16))))));
        assertRefused(
                400,
                "InvalidParam",
                gateway.call(login, "GetSecretValue", read, call -> call.headers.put("date", "yesterday")));
        assertRefused(
                400,
                "InvalidApiVersion",
                gateway.call(login, "GetSecretValue", read, call -> call.headers.put("x-kms-apiversion", "0.1")));
        assertRefused(
                400,
                "InvalidParam",
                gateway.call(login, "GetSecretValue", read, call -> call.headers.put("x-kms-signaturemethod", "none")));
        assertRefused(400, "InvalidApiName", gateway.call(login, "DeleteSecret", Map.of()));
        assertRefused(400, "MissingParameter", gateway.call(login, "GetSecretValue", Map.of()));
        assertRefused(400, "InvalidParam", gateway.call(login, "GetSecretValue", read, call -> {
            call.body = new byte[] {(byte) 0xff, 1, 2};
            call.headers.put("content-sha256", hash(call.body));
        }));
        assertRefused(
                400,
                "InvalidParam",
                gateway.call(login, "Encrypt", Map.of("KeyId", key, "Plaintext", PLAIN, "Iv", new byte[12])));
        assertRefused(
                400,
                "InvalidParam",
                gateway.call(login, "Encrypt", Map.of("KeyId", key, "Plaintext", PLAIN, "Algorithm", "AES_ECB")));
        assertRefused(
                400, "InvalidCiphertext", gateway.call(login, "Decrypt", Map.of("CiphertextBlob", new byte[] {1, 2, 3
                })));
        assertRefused(
                400,
                "InvalidParameter",
                gateway.call(login, "GenerateDataKey", Map.of("KeyId", key, "NumberOfBytes", -1)));
    }

    @Test
    void aClientKeyLogsInWithinItsTimeAndUntilItIsDeleted() throws Exception {
        String instance = instances.create();
        String secret = secretIn(instance);
        String point = points.accessPoint(points.policy(instance, "[\"secret/*\"]", null));
        Login deleted = points.login(point);
        assertEquals(200, value(deleted, secret).status());
        clients.current().deleteClientKey(new DeleteClientKeyRequest().setClientKeyId(deleted.clientKeyId()));
        assertRefused(401, "Unauthorized", value(deleted, secret));

        Login early = points.login(point);
        rows.change(
                "UPDATE client_key SET not_before = now() + interval '1 day' WHERE client_key_id = ?",
                early.clientKeyId());
        assertRefused(401, "Unauthorized", value(early, secret));
        Login late = points.login(point);
        rows.change(
                "UPDATE client_key SET not_before = now() - interval '2 days', not_after = now() - interval '1 day'"
                        + " WHERE client_key_id = ?",
                late.clientKeyId());
        assertRefused(401, "Unauthorized", value(late, secret));
    }

    @Test
    void eachCallIsInTheAuditLogAsThatOfItsAccessPoint() throws Exception {
        String instance = instances.create();
        String secret = secretIn(instance);
        String point = points.accessPoint(points.policy(instance, "[\"secret/" + secret + "\"]", null));
        Login login = points.login(point);
        JsonNode read = told(value(login, secret));
        assertEquals("GetSecretValue", read.path("eventName").asText());
        assertEquals("dkms-gcs-0.2", read.path("apiVersion").asText());
        assertEquals(
                json.readTree("{\"accountId\":\"" + Identities.ACCOUNT + "\",\"accessKeyId\":\"" + login.clientKeyId()
                        + "\",\"type\":\"application-access-point\",\"userName\":\"" + point + "\"}"),
                read.path("userIdentity"));
        assertEquals(secret, read.at("/requestParameters/SecretName").asText());

        JsonNode denied = told(value(login, secretIn(instance)));
        assertEquals("Forbidden.NoPermission", denied.path("errorCode").asText());
        assertEquals("Denied", denied.at("/additionalEventData/stage").asText());

        KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
        rsa.initialize(2048);
        JsonNode refused =
                told(value(new Login(login.clientKeyId(), rsa.generateKeyPair().getPrivate()), secret));
        assertEquals("SignatureNotMatch", refused.path("errorCode").asText());
        assertEquals("unknown", refused.at("/userIdentity/type").asText());
        assertEquals(
                login.clientKeyId(), refused.at("/userIdentity/accessKeyId").asText());
        assertFalse(refused.has("requestParameters"));
    }

    private JsonNode told(Answer answer) throws Exception {
        List<String> events = rows.texts(
                "SELECT event FROM audit_line WHERE event::jsonb ->> 'requestId' = ?", answer.field("RequestId"));
        assertEquals(1, events.size());
        return json.readTree(events.get(0));
    }

    private static byte[] gatewayBody(String secret) {
        byte[] name = secret.getBytes(StandardCharsets.UTF_8);
        byte[] body = new byte[name.length + 2];
        body[0] = 10;
        body[1] = (byte) name.length;
        System.arraycopy(name, 0, body, 2, name.length);
        return body;
    }

    private static String hash(byte[] body) {
        try {
            return GatewayClient.hash(body);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] bytes(Answer answer, String field) {
        return Base64.getDecoder().decode(answer.field(field));
    }

    private static byte[] changed(byte[] bytes) {
        byte[] changed = Arrays.copyOf(bytes, bytes.length);
        changed[bytes.length - 1] ^= 1;
        return changed;
    }
}
