package io.gyre.compatibility;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.aliyun.dkms.gcs.openapi.models.Config;
import com.aliyun.dkms.gcs.sdk.Client;
import com.aliyun.dkms.gcs.sdk.models.AdvanceDecryptRequest;
import com.aliyun.dkms.gcs.sdk.models.AdvanceEncryptRequest;
import com.aliyun.dkms.gcs.sdk.models.AdvanceEncryptResponse;
import com.aliyun.dkms.gcs.sdk.models.AdvanceGenerateDataKeyPairWithoutPlaintextRequest;
import com.aliyun.dkms.gcs.sdk.models.AdvanceGenerateDataKeyRequest;
import com.aliyun.dkms.gcs.sdk.models.DecryptRequest;
import com.aliyun.dkms.gcs.sdk.models.EncryptRequest;
import com.aliyun.dkms.gcs.sdk.models.EncryptResponse;
import com.aliyun.dkms.gcs.sdk.models.GenerateDataKeyPairRequest;
import com.aliyun.dkms.gcs.sdk.models.GenerateDataKeyRequest;
import com.aliyun.dkms.gcs.sdk.models.GenerateRandomRequest;
import com.aliyun.dkms.gcs.sdk.models.GetPublicKeyRequest;
import com.aliyun.dkms.gcs.sdk.models.GetSecretValueRequest;
import com.aliyun.dkms.gcs.sdk.models.SignRequest;
import com.aliyun.dkms.gcs.sdk.models.VerifyRequest;
import com.aliyun.kms20160120.models.CreateApplicationAccessPointRequest;
import com.aliyun.kms20160120.models.CreateClientKeyRequest;
import com.aliyun.kms20160120.models.CreateClientKeyResponseBody;
import com.aliyun.kms20160120.models.CreateKeyRequest;
import com.aliyun.kms20160120.models.CreateNetworkRuleRequest;
import com.aliyun.kms20160120.models.CreatePolicyRequest;
import com.aliyun.kms20160120.models.CreateSecretRequest;
import com.aliyun.kms20160120.models.DeleteApplicationAccessPointRequest;
import com.aliyun.kms20160120.models.DeleteClientKeyRequest;
import com.aliyun.kms20160120.models.DeleteNetworkRuleRequest;
import com.aliyun.kms20160120.models.DeletePolicyRequest;
import com.aliyun.kms20160120.models.PutSecretValueRequest;
import com.aliyun.tea.TeaException;
import com.aliyuncs.kms.secretsmanager.client.SecretCacheClient;
import com.aliyuncs.kms.secretsmanager.client.SecretCacheClientBuilder;
import com.aliyuncs.kms.secretsmanager.client.model.DKmsConfig;
import com.aliyuncs.kms.secretsmanager.client.service.BaseSecretManagerClientBuilder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.List;

/**
 * com.aliyun:alibabacloud-dkms-gcs-sdk, and the caching client on top of it, logged in to an application access point by the
 * client key that com.aliyun:kms20160120 was handed, over TLS.
 */
final class AccessPointStory {
    private static final String PASSWORD = "correct-horse-9";
    private static final byte[] PLAIN = "four words in all".getBytes(StandardCharsets.UTF_8);

    private final Endpoint endpoint;
    private final Path authority;
    private final String instance;
    private final com.aliyun.kms20160120.Client kms;

    /** @param instance that an operator made */
    AccessPointStory(Endpoint endpoint, Path authority, String instance) throws Exception {
        this.endpoint = endpoint;
        this.authority = authority;
        this.instance = instance;
        this.kms = new com.aliyun.kms20160120.Client(new com.aliyun.teaopenapi.models.Config()
                .setEndpoint(endpoint.address())
                .setAccessKeyId(endpoint.accessKeyId())
                .setAccessKeySecret(endpoint.accessKeySecret()));
    }

    void tell() throws Exception {
        String key = kms.createKey(new CreateKeyRequest().setDKMSInstanceId(instance))
                .getBody()
                .getKeyMetadata()
                .getKeyId();
        String pair = kms.createKey(new CreateKeyRequest()
                        .setDKMSInstanceId(instance)
                        .setKeySpec("RSA_2048")
                        .setKeyUsage("SIGN/VERIFY"))
                .getBody()
                .getKeyMetadata()
                .getKeyId();
        kms.createSecret(new CreateSecretRequest()
                .setSecretName("access-point-secret")
                .setVersionId("v1")
                .setSecretData("the first é")
                .setDKMSInstanceId(instance)
                .setEncryptionKeyId(key));
        kms.createNetworkRule(new CreateNetworkRuleRequest()
                .setName("loopback")
                .setType("Private")
                .setSourcePrivateIp("[\"127.0.0.0/8\"]"));
        kms.createPolicy(new CreatePolicyRequest()
                .setName("compatibility")
                .setKmsInstance(instance)
                .setPermissions("[\"RbacPermission/Template/CryptoServiceKeyUser\","
                        + "\"RbacPermission/Template/CryptoServiceSecretUser\"]")
                .setResources("[\"secret/access-point-secret\",\"key/" + key + "\",\"key/" + pair + "\"]")
                .setAccessControlRules("{\"NetworkRules\":[\"loopback\"]}"));
        kms.createApplicationAccessPoint(new CreateApplicationAccessPointRequest()
                .setName("compatibility")
                .setAuthenticationMethod("ClientKey")
                .setPolicies("[\"compatibility\"]"));
        CreateClientKeyResponseBody clientKey = kms.createClientKey(
                        new CreateClientKeyRequest().setAapName("compatibility").setPassword(PASSWORD))
                .getBody();
        Client sdk = new Client(config(new Config(), clientKey));

        readSecrets(sdk);
        useKeys(sdk, key);
        sign(sdk, pair);
        readThroughTheCache(clientKey);

        kms.deleteClientKey(new DeleteClientKeyRequest().setClientKeyId(clientKey.getClientKeyId()));
        assertRefused(
                "Unauthorized",
                () -> sdk.getSecretValue(new GetSecretValueRequest().setSecretName("access-point-secret")));
        kms.deleteApplicationAccessPoint(new DeleteApplicationAccessPointRequest().setName("compatibility"));
        kms.deletePolicy(new DeletePolicyRequest().setName("compatibility"));
        kms.deleteNetworkRule(new DeleteNetworkRuleRequest().setName("loopback"));
    }

    private <C extends Config> C config(C config, CreateClientKeyResponseBody clientKey) throws Exception {
        config.setProtocol("https")
                .setEndpoint(endpoint.address())
                .setRegionId(endpoint.region())
                .setClientKeyContent("{\"KeyId\":\"" + clientKey.getClientKeyId() + "\",\"PrivateKeyData\":\""
                        + clientKey.getPrivateKeyData() + "\"}")
                .setPassword(PASSWORD)
                .setCa(Files.readString(authority));
        return config;
    }

    private void readSecrets(Client sdk) throws Exception {
        var read = sdk.getSecretValue(new GetSecretValueRequest()
                .setSecretName("access-point-secret")
                .setVersionStage("ACSCurrent")
                .setFetchExtendedConfig(true));
        assertEquals("the first é", read.getSecretData());
        assertEquals("v1", read.getVersionId());
        assertEquals("Generic", read.getSecretType());
        assertEquals(List.of("ACSCurrent"), read.getVersionStages());
        assertRefused(
                "Forbidden.NoPermission",
                () -> sdk.getSecretValue(new GetSecretValueRequest().setSecretName("another")));
    }

    private void useKeys(Client sdk, String key) throws Exception {
        byte[] aad = {1, 2, 3};
        EncryptResponse sealed = sdk.encrypt(
                new EncryptRequest().setKeyId(key).setPlaintext(PLAIN).setAad(aad));
        assertArrayEquals(
                PLAIN,
                sdk.decrypt(new DecryptRequest()
                                .setKeyId(key)
                                .setCiphertextBlob(sealed.getCiphertextBlob())
                                .setIv(sealed.getIv())
                                .setAad(aad)
                                .setAlgorithm(sealed.getAlgorithm()))
                        .getPlaintext());
        AdvanceEncryptResponse advanced =
                sdk.advanceEncrypt(new AdvanceEncryptRequest().setKeyId(key).setPlaintext(PLAIN));
        var opened = sdk.advanceDecrypt(new AdvanceDecryptRequest().setCiphertextBlob(advanced.getCiphertextBlob()));
        assertArrayEquals(PLAIN, opened.getPlaintext());
        assertEquals(advanced.getKeyVersionId(), opened.getKeyVersionId());
        var dataKey =
                sdk.generateDataKey(new GenerateDataKeyRequest().setKeyId(key).setNumberOfBytes(32));
        assertArrayEquals(
                dataKey.getPlaintext(),
                sdk.decrypt(new DecryptRequest()
                                .setKeyId(key)
                                .setCiphertextBlob(dataKey.getCiphertextBlob())
                                .setIv(dataKey.getIv()))
                        .getPlaintext());
        assertEquals(
                16,
                sdk.advanceGenerateDataKey(new AdvanceGenerateDataKeyRequest()
                                .setKeyId(key)
                                .setNumberOfBytes(16))
                        .getPlaintext()
                        .length);
        assertEquals(
                20,
                sdk.generateRandom(new GenerateRandomRequest().setLength(20)).getRandom().length);
        var pair = sdk.generateDataKeyPair(new GenerateDataKeyPairRequest()
                .setKeyId(key)
                .setAlgorithm("AES_GCM")
                .setKeyPairSpec("RSA_2048")
                .setKeyFormat("DER"));
        assertArrayEquals(
                pair.getPrivateKeyPlaintext(),
                sdk.decrypt(new DecryptRequest()
                                .setKeyId(key)
                                .setCiphertextBlob(pair.getPrivateKeyCiphertextBlob())
                                .setIv(pair.getIv()))
                        .getPlaintext());
        assertEquals(
                "EC_P256",
                sdk.advanceGenerateDataKeyPairWithoutPlaintext(new AdvanceGenerateDataKeyPairWithoutPlaintextRequest()
                                .setKeyId(key)
                                .setKeyPairSpec("EC_P256")
                                .setKeyFormat("PEM"))
                        .getKeyPairSpec());
        assertRefused(
                "InvalidCiphertext",
                () -> sdk.decrypt(new DecryptRequest()
                        .setKeyId(key)
                        .setCiphertextBlob(sealed.getCiphertextBlob())
                        .setIv(sealed.getIv())));
    }

    private static void sign(Client sdk, String pair) throws Exception {
        var signed = sdk.sign(new SignRequest()
                .setKeyId(pair)
                .setAlgorithm("RSA_PKCS1_SHA_256")
                .setMessage(PLAIN)
                .setMessageType("RAW"));
        assertEquals("RSA_PKCS1_SHA_256", signed.getAlgorithm());
        String pem = sdk.getPublicKey(new GetPublicKeyRequest().setKeyId(pair)).getPublicKey();
        Signature holding = Signature.getInstance("SHA256withRSA");
        holding.initVerify(KeyFactory.getInstance("RSA")
                .generatePublic(new X509EncodedKeySpec(
                        Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", "")))));
        holding.update(PLAIN);
        assertTrue(holding.verify(signed.getSignature()));
        VerifyRequest verify = new VerifyRequest()
                .setKeyId(pair)
                .setAlgorithm("RSA_PKCS1_SHA_256")
                .setMessage(PLAIN)
                .setMessageType("RAW")
                .setSignature(signed.getSignature());
        assertTrue(sdk.verify(verify).getValue());
        assertFalse(sdk.verify(verify.setMessage(new byte[] {1})).getValue());
    }

    private void readThroughTheCache(CreateClientKeyResponseBody clientKey) throws Exception {
        DKmsConfig config = config(new DKmsConfig(), clientKey);
        try (SecretCacheClient cache = SecretCacheClientBuilder.newCacheClientBuilder(
                        BaseSecretManagerClientBuilder.standard()
                                .addDKmsConfig(config)
                                .build())
                .build()) {
            assertEquals("the first é", cache.getStringValue("access-point-secret"));
            kms.putSecretValue(new PutSecretValueRequest()
                    .setSecretName("access-point-secret")
                    .setVersionId("v2")
                    .setSecretData("the second"));
            assertNotEquals("the second", cache.getStringValue("access-point-secret"), "what it remembers");
            cache.refreshNow("access-point-secret");
            assertEquals("the second", cache.getStringValue("access-point-secret"));
        }
    }

    /** A call, whatever it answers. */
    @FunctionalInterface
    private interface Call {
        Object make() throws Exception;
    }

    private static void assertRefused(String code, Call call) {
        assertEquals(code, assertThrows(TeaException.class, call::make).getCode());
    }
}
