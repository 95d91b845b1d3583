package io.gyre.api.keys;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.aliyun.kms20160120.models.AsymmetricDecryptRequest;
import com.aliyun.kms20160120.models.AsymmetricEncryptRequest;
import com.aliyun.kms20160120.models.AsymmetricSignRequest;
import com.aliyun.kms20160120.models.AsymmetricVerifyRequest;
import com.aliyun.kms20160120.models.CreateKeyRequest;
import com.aliyun.kms20160120.models.CreateKeyVersionRequest;
import com.aliyun.kms20160120.models.DecryptRequest;
import com.aliyun.kms20160120.models.EncryptRequest;
import com.aliyun.kms20160120.models.GenerateDataKeyRequest;
import com.aliyun.kms20160120.models.GetPublicKeyRequest;
import com.aliyun.kms20160120.models.ReEncryptRequest;
import com.aliyun.kms20160120.models.UpdateRotationPolicyRequest;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gyre.api.testing.Clients;
import io.gyre.api.testing.Instances;
import io.gyre.api.testing.Keys;
import io.gyre.api.testing.OperationsClient;
import io.gyre.api.testing.Refusal;
import io.gyre.api.testing.Secrets;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.Test;

/** Signatures and ciphertexts are checked by the public key that is handed out, away from Gyre. */
@QuarkusTest
class AsymmetricKeysTest {
    private static final String SIGN = "SIGN/VERIFY";
    private static final String ENCRYPT = "ENCRYPT/DECRYPT";
    private static final String PATH = "/operations/v1/instances/";
    private static final byte[] MESSAGE = "a message é".getBytes(StandardCharsets.UTF_8);

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
    ObjectMapper json;

    private String key(String spec, String usage) throws Exception {
        return keys.create(new CreateKeyRequest().setKeySpec(spec).setKeyUsage(usage));
    }

    private String digest() throws Exception {
        return base64(MessageDigest.getInstance("SHA-256").digest(MESSAGE));
    }

    private String sign(String key, String algorithm) throws Exception {
        return clients.current()
                .asymmetricSign(new AsymmetricSignRequest()
                        .setKeyId(key)
                        .setAlgorithm(algorithm)
                        .setDigest(digest()))
                .getBody()
                .getValue();
    }

    private boolean verify(String key, String algorithm, String digest, String signature) throws Exception {
        return clients.current()
                .asymmetricVerify(new AsymmetricVerifyRequest()
                        .setKeyId(key)
                        .setAlgorithm(algorithm)
                        .setDigest(digest)
                        .setValue(signature))
                .getBody()
                .getValue();
    }

    private PublicKey publicKey(String key) throws Exception {
        String pem = clients.current()
                .getPublicKey(new GetPublicKeyRequest().setKeyId(key))
                .getBody()
                .getPublicKey();
        assertTrue(pem.startsWith("-----BEGIN PUBLIC KEY-----\n"), pem);
        byte[] der = Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
        String kind = keys.describe(key).getKeySpec().startsWith("RSA") ? "RSA" : "EC";
        return KeyFactory.getInstance(kind, new BouncyCastleProvider()).generatePublic(new X509EncodedKeySpec(der));
    }

    /** Of the message itself, hashed by the verifier. */
    private static boolean holds(PublicKey key, String algorithm, String signature) throws Exception {
        Signature verifying = Signature.getInstance(
                switch (algorithm) {
                    case "RSA_PSS_SHA_256" -> "RSASSA-PSS";
                    case "RSA_PKCS1_SHA_256" -> "SHA256withRSA";
                    default -> "SHA256withECDSA";
                },
                new BouncyCastleProvider());
        if (algorithm.equals("RSA_PSS_SHA_256")) {
            verifying.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
        }
        verifying.initVerify(key);
        verifying.update(MESSAGE);
        return verifying.verify(Base64.getDecoder().decode(signature));
    }

    @Test
    void aSignatureHoldsAgainstThePublicKeyAlone() throws Exception {
        for (String spec : new String[] {"RSA_2048", "RSA_3072", "RSA_4096", "EC_P256", "EC_P256K"}) {
            String key = key(spec, SIGN);
            assertEquals(
                    spec + " " + SIGN,
                    keys.describe(key).getKeySpec() + " " + keys.describe(key).getKeyUsage());
            PublicKey publicKey = publicKey(key);
            if (publicKey instanceof RSAPublicKey rsa) {
                assertEquals(spec, "RSA_" + rsa.getModulus().bitLength());
            }
            String[] algorithms = spec.startsWith("RSA")
                    ? new String[] {"RSA_PSS_SHA_256", "RSA_PKCS1_SHA_256"}
                    : new String[] {"ECDSA_SHA_256"};
            for (String algorithm : algorithms) {
                String signature = sign(key, algorithm);
                assertTrue(holds(publicKey, algorithm, signature), spec + " " + algorithm);
                assertTrue(verify(key, algorithm, digest(), signature), spec + " " + algorithm);
                assertFalse(verify(key, algorithm, base64(new byte[32]), signature), "another digest");
                byte[] changed = Base64.getDecoder().decode(signature);
                changed[changed.length - 1] ^= 1;
                assertFalse(verify(key, algorithm, digest(), base64(changed)), "a changed signature");
                for (int length : new int[] {1, 64, changed.length - 1, changed.length + 1, 5000}) {
                    byte[] none = new byte[length];
                    Arrays.fill(none, (byte) 0xff);
                    assertFalse(verify(key, algorithm, digest(), base64(none)), "none of " + length + " bytes");
                }
            }
        }
    }

    @Test
    void aSignatureOfAnotherKeyOrAlgorithmDoesNotHold() throws Exception {
        String key = key("RSA_2048", SIGN);
        String other = key("RSA_2048", SIGN);
        String signature = sign(key, "RSA_PSS_SHA_256");
        assertTrue(verify(keys.nameByAlias(key), "RSA_PSS_SHA_256", digest(), signature));
        assertFalse(verify(other, "RSA_PSS_SHA_256", digest(), signature));
        assertFalse(verify(key, "RSA_PKCS1_SHA_256", digest(), signature));
    }

    @Test
    void whatThePublicKeyEncryptsTheKeyDecrypts() throws Exception {
        String key = key("RSA_2048", ENCRYPT);
        PublicKey publicKey = publicKey(key);
        for (String hash : new String[] {"SHA-256", "SHA-1"}) {
            String algorithm = "RSAES_OAEP_" + hash.replace('-', '_');
            Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPPadding");
            cipher.init(
                    Cipher.ENCRYPT_MODE,
                    publicKey,
                    new OAEPParameterSpec(hash, "MGF1", new MGF1ParameterSpec(hash), PSource.PSpecified.DEFAULT));
            byte[] sealed = cipher.doFinal(MESSAGE);
            assertArrayEquals(MESSAGE, decrypt(key, algorithm, base64(sealed)));
            assertArrayEquals(MESSAGE, decrypt(key, algorithm, encrypt(key, algorithm, MESSAGE)));
            int limit = 256 - 2 - 2 * (hash.equals("SHA-256") ? 32 : 20);
            assertEquals(limit, decrypt(key, algorithm, encrypt(key, algorithm, new byte[limit])).length);
            Refusal.expect(400, "InvalidParameter", () -> encrypt(key, algorithm, new byte[limit + 1]));
            sealed[7] ^= 1;
            Refusal.expect(400, "InvalidCiphertext", () -> decrypt(key, algorithm, base64(sealed)));
            byte[] high = new byte[256];
            Arrays.fill(high, (byte) 0xff);
            for (byte[] none : new byte[][] {{1}, high, new byte[257]}) {
                Refusal.expect(400, "InvalidCiphertext", () -> decrypt(key, algorithm, base64(none)));
            }
        }
    }

    private String encrypt(String key, String algorithm, byte[] plaintext) throws Exception {
        return clients.current()
                .asymmetricEncrypt(new AsymmetricEncryptRequest()
                        .setKeyId(key)
                        .setAlgorithm(algorithm)
                        .setPlaintext(base64(plaintext)))
                .getBody()
                .getCiphertextBlob();
    }

    private byte[] decrypt(String key, String algorithm, String blob) throws Exception {
        return Base64.getDecoder()
                .decode(clients.current()
                        .asymmetricDecrypt(new AsymmetricDecryptRequest()
                                .setKeyId(key)
                                .setAlgorithm(algorithm)
                                .setCiphertextBlob(blob))
                        .getBody()
                        .getPlaintext());
    }

    @Test
    void aKeyIsForItsUsageAndAlgorithmsAlone() throws Exception {
        String signing = key("RSA_2048", SIGN);
        String encrypting = keys.create(new CreateKeyRequest().setKeySpec("RSA_2048"));
        assertEquals(ENCRYPT, keys.describe(encrypting).getKeyUsage());
        String curve = keys.create(new CreateKeyRequest().setKeySpec("EC_P256"));
        assertEquals(SIGN, keys.describe(curve).getKeyUsage());
        String symmetric = keys.create();
        for (String other : new String[] {encrypting, symmetric}) {
            Refusal.expect(400, "UnsupportedOperation", () -> sign(other, "RSA_PSS_SHA_256"));
            Refusal.expect(400, "UnsupportedOperation", () -> verify(other, "RSA_PSS_SHA_256", digest(), "AQ=="));
        }
        for (String other : new String[] {signing, curve, symmetric}) {
            Refusal.expect(400, "UnsupportedOperation", () -> encrypt(other, "RSAES_OAEP_SHA_256", MESSAGE));
            Refusal.expect(400, "UnsupportedOperation", () -> decrypt(other, "RSAES_OAEP_SHA_256", "AQ=="));
        }
        Refusal.expect(400, "UnsupportedOperation", () -> publicKey(symmetric));
        Refusal.expect(400, "InvalidParameter", () -> sign(signing, "ECDSA_SHA_256"));
        Refusal.expect(400, "InvalidParameter", () -> sign(curve, "RSA_PSS_SHA_256"));
        Refusal.expect(400, "InvalidParameter", () -> sign(signing, "SM2DSA"));
        Refusal.expect(400, "InvalidParameter", () -> encrypt(encrypting, "RSA_PSS_SHA_256", MESSAGE));
        Refusal.expect(400, "MissingParameter", () -> sign(signing, ""));
        for (String digest : new String[] {"#", "AQ==", base64(new byte[33])}) {
            Refusal.expect(400, "InvalidParameter", () -> verify(signing, "RSA_PSS_SHA_256", digest, "AQ=="));
        }
        Refusal.expect(404, "Forbidden.KeyNotFound", () -> sign("absent", "RSA_PSS_SHA_256"));
        for (String version : new String[] {UUID.randomUUID().toString(), "absent"}) {
            Refusal.expect(404, "Forbidden.KeyVersionNotFound", () -> clients.current()
                    .getPublicKey(new GetPublicKeyRequest().setKeyId(signing).setKeyVersionId(version)));
        }
        Refusal.expect(400, "InvalidParameter", () -> clients.current()
                .getPublicKey(new GetPublicKeyRequest().setKeyId(signing).setKeyVersionId("\0")));
    }

    @Test
    void whatIsForSymmetricKeysIsRefused() throws Exception {
        String key = key("RSA_2048", ENCRYPT);
        String symmetric = keys.create();
        String blob = clients.current()
                .encrypt(new EncryptRequest().setKeyId(symmetric).setPlaintext("AQ=="))
                .getBody()
                .getCiphertextBlob();
        Refusal.expect(400, "UnsupportedOperation", () -> clients.current()
                .encrypt(new EncryptRequest().setKeyId(key).setPlaintext("AQ==")));
        Refusal.expect(400, "UnsupportedOperation", () -> clients.current()
                .generateDataKey(new GenerateDataKeyRequest().setKeyId(key)));
        Refusal.expect(400, "UnsupportedOperation", () -> clients.current()
                .reEncrypt(new ReEncryptRequest().setCiphertextBlob(blob).setDestinationKeyId(key)));
        Refusal.expect(400, "UnsupportedOperation", () -> clients.current()
                .decrypt(new DecryptRequest().setCiphertextBlob(blobOf(key))));
        Refusal.expect(
                400,
                "UnsupportedOperation",
                () -> secrets.create(secrets.generic().setEncryptionKeyId(key)));
        Refusal.expect(400, "UnsupportedOperation", () -> clients.current()
                .createKeyVersion(new CreateKeyVersionRequest().setKeyId(key)));
        Refusal.expect(400, "UnsupportedOperation", () -> clients.current()
                .updateRotationPolicy(new UpdateRotationPolicyRequest()
                        .setKeyId(key)
                        .setEnableAutomaticRotation(true)
                        .setRotationInterval("30d")));
        Refusal.expect(
                400,
                "UnsupportedOperation",
                () -> keys.create(new CreateKeyRequest()
                        .setKeySpec("RSA_2048")
                        .setEnableAutomaticRotation(true)
                        .setRotationInterval("30d")));
    }

    /** A ciphertext that names this key and its version, as if it had made one. */
    private String blobOf(String key) throws Exception {
        UUID id = UUID.fromString(key);
        UUID version = UUID.fromString(keys.describe(key).getPrimaryKeyVersion());
        return base64(ByteBuffer.allocate(1 + 4 * Long.BYTES + 32)
                .put((byte) 1)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .putLong(version.getMostSignificantBits())
                .putLong(version.getLeastSignificantBits())
                .array());
    }

    @Test
    void aKeyThatIsDisabledOrToBeDeletedDoesNothing() throws Exception {
        String key = key("EC_P256", SIGN);
        String signature = sign(key, "ECDSA_SHA_256");
        keys.disable(key);
        Refusal.expect(409, "Rejected.Disabled", () -> sign(key, "ECDSA_SHA_256"));
        Refusal.expect(409, "Rejected.Disabled", () -> verify(key, "ECDSA_SHA_256", digest(), signature));
        Refusal.expect(409, "Rejected.Disabled", () -> publicKey(key));
        keys.enable(key);
        assertTrue(verify(key, "ECDSA_SHA_256", digest(), signature));
        keys.scheduleDeletion(key, 7);
        Refusal.expect(409, "Rejected.PendingDeletion", () -> sign(key, "ECDSA_SHA_256"));
    }

    @Test
    void aDryRunSignsNothing() throws Exception {
        String key = key("EC_P256", SIGN);
        Refusal.expect(400, "DryRunOperationError", () -> clients.current()
                .asymmetricSign(new AsymmetricSignRequest()
                        .setKeyId(key)
                        .setAlgorithm("ECDSA_SHA_256")
                        .setDigest(digest())
                        .setDryRun("true")));
        Refusal.expect(400, "ValidationError", () -> clients.current()
                .asymmetricSign(new AsymmetricSignRequest()
                        .setKeyId(key)
                        .setAlgorithm("RSA_PSS_SHA_256")
                        .setDigest(digest())
                        .setDryRun("true")));
    }

    @Test
    void theSameKeySignsAfterItsInstancesKeyWasRotatedAndAfterARestore() throws Exception {
        String instance = instances.create("{\"days\":30}");
        String key = keys.create(
                new CreateKeyRequest().setKeySpec("RSA_2048").setKeyUsage(SIGN).setDKMSInstanceId(instance));
        PublicKey before = publicKey(key);

        operations.post(PATH + instance + "/rotate-key").json(200);
        assertEquals(before, publicKey(key));
        assertTrue(holds(before, "RSA_PSS_SHA_256", sign(key, "RSA_PSS_SHA_256")));

        String passphrase = "correct horse battery staple";
        String backup = operations
                .post(PATH + instance + "/back-up", "{\"passphrase\":\"" + passphrase + "\"}")
                .json(200)
                .path("backup")
                .asText();
        instances.expire(instance, 16);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> instances.listed(instance).path("status").asText().equals("Released"));
        operations
                .post(
                        PATH + "restore",
                        json.createObjectNode()
                                .put("passphrase", passphrase)
                                .put("backup", backup)
                                .toString())
                .json(200);
        assertEquals(before, publicKey(key));
        assertEquals(
                "RSA_2048 " + SIGN,
                keys.describe(key).getKeySpec() + " " + keys.describe(key).getKeyUsage());
        assertTrue(holds(before, "RSA_PSS_SHA_256", sign(key, "RSA_PSS_SHA_256")));
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
