package io.gyre.api.keys;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.aliyun.kms20160120.models.CreateKeyVersionRequest;
import com.aliyun.kms20160120.models.DecryptRequest;
import com.aliyun.kms20160120.models.DecryptResponseBody;
import com.aliyun.kms20160120.models.EncryptRequest;
import com.aliyun.kms20160120.models.EncryptResponseBody;
import com.aliyun.kms20160120.models.GenerateDataKeyRequest;
import com.aliyun.kms20160120.models.GenerateDataKeyResponseBody;
import com.aliyun.kms20160120.models.GenerateDataKeyWithoutPlaintextRequest;
import com.aliyun.kms20160120.models.ReEncryptRequest;
import com.aliyun.kms20160120.models.ReEncryptResponseBody;
import io.gyre.api.testing.Clients;
import io.gyre.api.testing.Keys;
import io.gyre.api.testing.Refusal;
import io.gyre.api.testing.Rows;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

@QuarkusTest
class CryptographyTest {
    private static final Map<String, String> NO_CONTEXT = Map.of();

    @Inject
    Clients clients;

    @Inject
    Keys keys;

    @Inject
    Rows rows;

    /** Drawn from a fixed seed, so that a failure comes again. */
    @Test
    void whatWasEncryptedAndReEncryptedDecryptsInItsContextAlone() throws Exception {
        Random random = new Random(5);
        List<String> names = new ArrayList<>(
                List.of(keys.create(), keys.describe(keys.create()).getArn()));
        names.add(keys.nameByAlias(keys.create()));
        for (int round = 0; round < 12; round++) {
            byte[] plaintext = new byte[1 + random.nextInt(6144)];
            random.nextBytes(plaintext);
            Map<String, String> context = context(random);
            Map<String, String> next = context(random);
            String blob =
                    encrypt(names.get(random.nextInt(3)), plaintext, context).getCiphertextBlob();
            assertArrayEquals(plaintext, decrypt(blob, context));
            String name = names.get(random.nextInt(3));
            ReEncryptResponseBody other = reEncrypt(blob, context, name, next);
            assertEquals(keys.describe(name).getKeyId(), other.getKeyId());
            assertArrayEquals(plaintext, decrypt(other.getCiphertextBlob(), next));
            Map<String, String> wrong = new LinkedHashMap<>(next);
            wrong.put("round", "other");
            expectInvalid(other.getCiphertextBlob(), wrong);
        }
    }

    @Test
    void theAnswerNamesKeyAndVersionAndNoTwoCiphertextsAreEqual() throws Exception {
        String key = keys.create();
        EncryptResponseBody one = encrypt(key, bytes("same"), NO_CONTEXT);
        EncryptResponseBody two = encrypt(keys.describe(key).getArn(), bytes("same"), NO_CONTEXT);
        assertEquals(key, one.getKeyId());
        assertEquals(keys.describe(key).getPrimaryKeyVersion(), one.getKeyVersionId());
        assertEquals(key, two.getKeyId());
        assertNotEquals(one.getCiphertextBlob(), two.getCiphertextBlob());
        DecryptResponseBody opened = clients.current()
                .decrypt(new DecryptRequest().setCiphertextBlob(one.getCiphertextBlob()))
                .getBody();
        assertEquals(key, opened.getKeyId());
        assertEquals(one.getKeyVersionId(), opened.getKeyVersionId());
    }

    @Test
    void theContextIsTheSameInEveryOrderAndBothForms() throws Exception {
        String key = keys.create();
        Map<String, String> context = new LinkedHashMap<>();
        context.put("b", "2");
        context.put("a", "1");
        String blob = encrypt(key, bytes("x"), context).getCiphertextBlob();
        Map<String, Object> flattened = clients.call(
                "Decrypt", Map.of("CiphertextBlob", blob, "EncryptionContext.a", "1", "EncryptionContext.b", "2"));
        assertEquals("eA==", flattened.get("Plaintext"));
        assertEquals(
                "eA==",
                clients.call(
                                "Decrypt",
                                Map.of("CiphertextBlob", blob, "EncryptionContext", "{\"b\":\"2\",\"a\":\"1\"}"))
                        .get("Plaintext"));
        String without = encrypt(key, bytes("x"), NO_CONTEXT).getCiphertextBlob();
        assertEquals(
                "eA==",
                clients.call("Decrypt", Map.of("CiphertextBlob", without)).get("Plaintext"));
    }

    @Test
    void aContextThatIsNoneIsRefused() throws Exception {
        String key = keys.create();
        for (String bad : List.of(
                "x",
                "[]",
                "{\"a\":1}",
                "{\"a\":{}}",
                "{\"a\":null}",
                "{\"a\":\"1\",\"a\":\"2\"}",
                "{\"a\":\"" + "b".repeat(8192) + "\"}")) {
            Refusal.expect(
                    400,
                    "InvalidParameter",
                    () -> clients.call("Encrypt", Map.of("KeyId", key, "Plaintext", "eA==", "EncryptionContext", bad)));
        }
        Refusal.expect(
                400,
                "InvalidParameter",
                () -> clients.call(
                        "Encrypt",
                        Map.of(
                                "KeyId",
                                key,
                                "Plaintext",
                                "eA==",
                                "EncryptionContext",
                                "{}",
                                "EncryptionContext.a",
                                "1")));
    }

    @Test
    void theLongestPlaintextIsSixKilobytes() throws Exception {
        String key = keys.create();
        byte[] longest = new byte[6144];
        assertArrayEquals(longest, decrypt(encrypt(key, longest, NO_CONTEXT).getCiphertextBlob(), NO_CONTEXT));
        Refusal.expect(400, "InvalidParameter", () -> encrypt(key, new byte[6145], NO_CONTEXT));
        Refusal.expect(400, "MissingParameter", () -> encrypt(key, new byte[0], NO_CONTEXT));
        Refusal.expect(400, "InvalidParameter", () -> clients.current()
                .encrypt(new EncryptRequest().setKeyId(key).setPlaintext("no base64!")));
    }

    @Test
    void aBlobThatWasCutOrChangedAnywhereIsRefused() throws Exception {
        String key = keys.create();
        byte[] blob =
                Base64.getDecoder().decode(encrypt(key, bytes("x"), NO_CONTEXT).getCiphertextBlob());
        for (int length = 1; length < blob.length; length += 5) {
            expectInvalid(base64(Arrays.copyOf(blob, length)), NO_CONTEXT);
        }
        for (int i = 0; i < blob.length; i += 4) {
            byte[] changed = blob.clone();
            changed[i] ^= 1;
            Refusal refusal = Refusal.of(() -> decrypt(base64(changed), NO_CONTEXT));
            assertTrue(
                    Set.of("400 InvalidCiphertext", "404 Forbidden.KeyNotFound")
                            .contains(refusal.status() + " " + refusal.code()),
                    refusal.toString());
        }
        expectInvalid("%%%", NO_CONTEXT);
        expectInvalid(base64(new byte[9000]), NO_CONTEXT);
        Refusal.expect(400, "MissingParameter", () -> decrypt("", NO_CONTEXT));
    }

    @Test
    void aKeyOfAnotherAccountIsNotThere() throws Exception {
        String key = keys.create();
        String blob = encrypt(key, bytes("x"), NO_CONTEXT).getCiphertextBlob();
        rows.change("UPDATE kms_key SET account_id = '2' WHERE key_id = ?", key);
        Refusal.expect(404, "Forbidden.KeyNotFound", () -> decrypt(blob, NO_CONTEXT));
        Refusal.expect(404, "Forbidden.KeyNotFound", () -> encrypt(key, bytes("x"), NO_CONTEXT));
        Refusal.expect(404, "Forbidden.KeyNotFound", () -> keys.disable(key));
    }

    @Test
    void aKeyThatIsNotEnabledNeitherEncryptsNorDecrypts() throws Exception {
        String key = keys.create();
        String good = keys.create();
        String blob = encrypt(key, bytes("x"), NO_CONTEXT).getCiphertextBlob();
        String other = encrypt(good, bytes("x"), NO_CONTEXT).getCiphertextBlob();
        keys.disable(key);
        expectUnusable("Rejected.Disabled", key, good, blob, other);
        keys.enable(key);
        assertArrayEquals(bytes("x"), decrypt(blob, NO_CONTEXT));
        keys.scheduleDeletion(key, 7);
        expectUnusable("Rejected.PendingDeletion", key, good, blob, other);
    }

    private void expectUnusable(String code, String key, String good, String blob, String other) {
        Refusal.expect(409, code, () -> encrypt(key, bytes("x"), NO_CONTEXT));
        Refusal.expect(409, code, () -> decrypt(blob, NO_CONTEXT));
        Refusal.expect(409, code, () -> reEncrypt(blob, NO_CONTEXT, good, NO_CONTEXT));
        Refusal.expect(409, code, () -> reEncrypt(other, NO_CONTEXT, key, NO_CONTEXT));
        Refusal.expect(409, code, () -> clients.current().generateDataKey(new GenerateDataKeyRequest().setKeyId(key)));
    }

    @Test
    void aRotatedKeyStillDecryptsWhatItsFormerVersionsEncrypted() throws Exception {
        String key = keys.create();
        EncryptResponseBody before = encrypt(key, bytes("x"), NO_CONTEXT);
        clients.current().createKeyVersion(new CreateKeyVersionRequest().setKeyId(key));
        EncryptResponseBody after = encrypt(key, bytes("x"), NO_CONTEXT);
        assertNotEquals(before.getKeyVersionId(), after.getKeyVersionId());
        assertArrayEquals(bytes("x"), decrypt(before.getCiphertextBlob(), NO_CONTEXT));
        assertArrayEquals(bytes("x"), decrypt(after.getCiphertextBlob(), NO_CONTEXT));
    }

    @Test
    void aDataKeyHasTheLengthThatIsAskedFor() throws Exception {
        String key = keys.create();
        assertEquals(32, dataKey(new GenerateDataKeyRequest().setKeyId(key)));
        assertEquals(16, dataKey(new GenerateDataKeyRequest().setKeyId(key).setKeySpec("AES_128")));
        assertEquals(
                1024,
                dataKey(new GenerateDataKeyRequest()
                        .setKeyId(key)
                        .setKeySpec("AES_128")
                        .setNumberOfBytes(1024)));
        Refusal.expect(
                400,
                "InvalidParameter",
                () -> dataKey(new GenerateDataKeyRequest().setKeyId(key).setKeySpec("AES_512")));
        for (int bytes : new int[] {0, 1025}) {
            Refusal.expect(
                    400,
                    "InvalidParameter",
                    () -> dataKey(new GenerateDataKeyRequest().setKeyId(key).setNumberOfBytes(bytes)));
        }
    }

    @Test
    void aDataKeyWithoutPlaintextIsFoundInItsCiphertextAlone() throws Exception {
        String key = keys.create();
        Map<String, Object> answer = clients.call("GenerateDataKeyWithoutPlaintext", Map.of("KeyId", key));
        assertNull(answer.get("Plaintext"));
        assertEquals(32, decrypt(String.valueOf(answer.get("CiphertextBlob")), NO_CONTEXT).length);
        String blob = clients.current()
                .generateDataKeyWithoutPlaintext(new GenerateDataKeyWithoutPlaintextRequest()
                        .setKeyId(key)
                        .setNumberOfBytes(7))
                .getBody()
                .getCiphertextBlob();
        assertEquals(7, decrypt(blob, NO_CONTEXT).length);
    }

    @Test
    void whatIsForAsymmetricKeysIsRefused() throws Exception {
        String key = keys.create();
        String blob = encrypt(key, bytes("x"), NO_CONTEXT).getCiphertextBlob();
        Refusal.expect(400, "UnsupportedOperation", () -> clients.current()
                .reEncrypt(new ReEncryptRequest()
                        .setCiphertextBlob(blob)
                        .setDestinationKeyId(key)
                        .setSourceEncryptionAlgorithm("RSAES_OAEP_SHA_256")));
        Refusal.expect(400, "MissingParameter", () -> clients.current()
                .reEncrypt(new ReEncryptRequest().setCiphertextBlob(blob)));
    }

    @Test
    void aDryRunAlwaysFailsAndSaysWhatWouldHappen() throws Exception {
        String key = keys.create();
        String blob = encrypt(key, bytes("x"), NO_CONTEXT).getCiphertextBlob();
        Map<String, Map<String, String>> calls = Map.of(
                "Encrypt", Map.of("KeyId", key, "Plaintext", "eA=="),
                "Decrypt", Map.of("CiphertextBlob", blob),
                "ReEncrypt", Map.of("CiphertextBlob", blob, "DestinationKeyId", key),
                "GenerateDataKey", Map.of("KeyId", key),
                "GenerateDataKeyWithoutPlaintext", Map.of("KeyId", key));
        for (var call : calls.entrySet()) {
            Map<String, String> dry = new LinkedHashMap<>(call.getValue());
            dry.put("DryRun", "true");
            Refusal.expect(400, "DryRunOperationError", () -> clients.call(call.getKey(), dry));
        }
        keys.disable(key);
        for (var call : calls.entrySet()) {
            Map<String, String> dry = new LinkedHashMap<>(call.getValue());
            dry.put("DryRun", "true");
            Refusal.expect(
                    400,
                    "ValidationError",
                    "Rejected.Disabled: The request was rejected because the key state is Disabled.",
                    () -> clients.call(call.getKey(), dry));
        }
    }

    private static Map<String, String> context(Random random) {
        Map<String, String> context = new LinkedHashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            context.put("k\u00e4y " + random.nextInt(100), "\"\\" + Long.toString(random.nextLong(), 36));
        }
        return context;
    }

    private int dataKey(GenerateDataKeyRequest request) throws Exception {
        GenerateDataKeyResponseBody answer =
                clients.current().generateDataKey(request).getBody();
        byte[] plain = Base64.getDecoder().decode(answer.getPlaintext());
        assertArrayEquals(plain, decrypt(answer.getCiphertextBlob(), NO_CONTEXT));
        return plain.length;
    }

    private EncryptResponseBody encrypt(String key, byte[] plaintext, Map<String, String> context) throws Exception {
        return clients.current()
                .encrypt(new EncryptRequest()
                        .setKeyId(key)
                        .setPlaintext(base64(plaintext))
                        .setEncryptionContext(context))
                .getBody();
    }

    private byte[] decrypt(String blob, Map<String, String> context) throws Exception {
        return Base64.getDecoder()
                .decode(clients.current()
                        .decrypt(new DecryptRequest().setCiphertextBlob(blob).setEncryptionContext(context))
                        .getBody()
                        .getPlaintext());
    }

    private ReEncryptResponseBody reEncrypt(
            String blob, Map<String, String> context, String key, Map<String, String> next) throws Exception {
        return clients.current()
                .reEncrypt(new ReEncryptRequest()
                        .setCiphertextBlob(blob)
                        .setSourceEncryptionContext(context)
                        .setDestinationKeyId(key)
                        .setDestinationEncryptionContext(next))
                .getBody();
    }

    private void expectInvalid(String blob, Map<String, String> context) {
        Refusal.expect(
                400, "InvalidCiphertext", "The specified CiphertextBlob is not valid.", () -> decrypt(blob, context));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
