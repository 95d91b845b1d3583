package io.gyre.api.gateway;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.api.keys.CiphertextBlob;
import io.gyre.api.wire.KmsFaults;
import io.gyre.api.wire.WireJson;
import io.gyre.rpc.RpcFault;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What can be called at the gateway of instances, and which action that is: of KMS, but for key pairs and random bytes. An additional authenticated datum
 * ({@code Aad}) is the encryption context {@code {"Aad":"<Base64>"}}; a ciphertext names its key and version itself, in the
 * calls whose names begin with Advance and in the others.
 */
enum GatewayApi {
    GET_SECRET_VALUE("GetSecretValue", "GetSecretValue"),
    ENCRYPT("Encrypt", "Encrypt"),
    ADVANCE_ENCRYPT("AdvanceEncrypt", "Encrypt"),
    DECRYPT("Decrypt", "Decrypt"),
    ADVANCE_DECRYPT("AdvanceDecrypt", "Decrypt"),
    GENERATE_DATA_KEY("GenerateDataKey", "GenerateDataKey"),
    ADVANCE_GENERATE_DATA_KEY("AdvanceGenerateDataKey", "GenerateDataKey"),
    GENERATE_DATA_KEY_PAIR("GenerateDataKeyPair", "GenerateDataKeyPair"),
    ADVANCE_GENERATE_DATA_KEY_PAIR("AdvanceGenerateDataKeyPair", "GenerateDataKeyPair"),
    GENERATE_DATA_KEY_PAIR_WITHOUT_PLAINTEXT(
            "GenerateDataKeyPairWithoutPlaintext", "GenerateDataKeyPairWithoutPlaintext"),
    ADVANCE_GENERATE_DATA_KEY_PAIR_WITHOUT_PLAINTEXT(
            "AdvanceGenerateDataKeyPairWithoutPlaintext", "GenerateDataKeyPairWithoutPlaintext"),
    GENERATE_RANDOM("GenerateRandom", "GenerateRandom"),
    SIGN("Sign", "AsymmetricSign"),
    VERIFY("Verify", "AsymmetricVerify"),
    GET_PUBLIC_KEY("GetPublicKey", "GetPublicKey");

    private static final String ALGORITHM = "AES_GCM";

    private static final String RAW = "RAW";
    private static final String DIGEST = "DIGEST";

    private final String apiName;
    private final String action;

    GatewayApi(String apiName, String action) {
        this.apiName = apiName;
        this.action = action;
    }

    static Optional<GatewayApi> named(String apiName) {
        return Arrays.stream(values())
                .filter(api -> api.apiName.equals(apiName))
                .findFirst();
    }

    String apiName() {
        return apiName;
    }

    /** Encrypt and Decrypt are for both kinds of keys: the algorithm says which. */
    String action(SortedMap<String, String> fields) {
        return isOfKeyPair(fields) ? "Asymmetric" + action : action;
    }

    /** Of a message that nothing is known of. */
    String action() {
        return action;
    }

    private boolean isOfKeyPair(SortedMap<String, String> fields) {
        return (this == ENCRYPT || this == DECRYPT)
                && fields.getOrDefault("Algorithm", "").startsWith("RSAES_");
    }

    /**
     * The action's parameters.
     *
     * @param fields of the message, by name
     * @throws RpcFault for what cannot be asked for here
     */
    SortedMap<String, String> parameters(SortedMap<String, String> fields) {
        SortedMap<String, String> parameters = new TreeMap<>(fields);
        if (this == SIGN || this == VERIFY) {
            return signing(parameters);
        }
        if (isOfKeyPair(fields)) {
            for (String none : List.of("Aad", "Iv", "PaddingMode")) {
                if (parameters.containsKey(none)) {
                    throw InstanceFaults.invalid(none, "an asymmetric key has none.");
                }
            }
            return parameters;
        }
        String algorithm = parameters.remove("Algorithm");
        if (algorithm != null && !algorithm.equals(ALGORITHM)) {
            throw InstanceFaults.invalid("Algorithm", "it must be " + ALGORITHM + ", or nothing.");
        }
        if (parameters.remove("PaddingMode") != null) {
            throw InstanceFaults.invalid("PaddingMode", ALGORITHM + " pads nothing.");
        }
        checkIv(parameters.remove("Iv"), parameters);
        String aad = parameters.remove("Aad");
        if (aad != null) {
            parameters.put(
                    "EncryptionContext", WireJson.answer().put("Aad", aad).toString());
        }
        return parameters;
    }

    private static SortedMap<String, String> signing(SortedMap<String, String> parameters) {
        String type = messageType(parameters);
        parameters.remove("MessageType");
        String message = parameters.remove("Message");
        if (message != null && parameters.containsKey("Digest")) {
            throw InstanceFaults.invalid("Digest", "send it or a Message, not both.");
        }
        if (message != null) {
            parameters.put("Digest", type.equals(DIGEST) ? message : hashed(message));
        }
        String signature = parameters.remove("Signature");
        if (signature != null) {
            parameters.put("Value", signature);
        }
        return parameters;
    }

    /** What is signed; whoever sends no message sends its digest, as the first SDKs did. */
    private static String messageType(SortedMap<String, String> fields) {
        String type = fields.getOrDefault("MessageType", RAW);
        if (!type.equals(RAW) && !type.equals(DIGEST)) {
            throw InstanceFaults.invalid("MessageType", "it must be RAW or DIGEST, or nothing.");
        }
        return fields.containsKey("Message") ? type : DIGEST;
    }

    private static String hashed(String message) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(Base64.getDecoder().decode(message));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This JDK has no SHA-256.", e);
        }
    }

    /**
     * The answer as the message has it.
     *
     * @param fields of the request
     */
    ObjectNode answer(ObjectNode answer, SortedMap<String, String> fields) {
        if (this == SIGN || this == VERIFY) {
            return answer.put("Signature", answer.path("Value").asText())
                    .put("Algorithm", fields.get("Algorithm"))
                    .put("MessageType", messageType(fields));
        }
        if (isOfKeyPair(fields)) {
            return answer.put("Algorithm", fields.get("Algorithm"));
        }
        String blob = answer.path("CiphertextBlob").asText("");
        if (!blob.isEmpty()) {
            answer.put("Iv", CiphertextBlob.decode(blob).nonce()).put("PrivateKeyCiphertextBlob", blob);
        }
        return answer.has("KeyVersionId") ? answer.put("Algorithm", ALGORITHM) : answer;
    }

    /** Two ciphertexts of one key with one nonce would give both away: so Gyre draws it, and knows its own again. */
    private static void checkIv(@Nullable String iv, SortedMap<String, String> parameters) {
        String blob = parameters.get("CiphertextBlob");
        if (iv != null && blob == null) {
            throw InstanceFaults.invalid("Iv", "it is drawn for each ciphertext, and answered: send none.");
        }
        if (blob == null) {
            return;
        }
        CiphertextBlob ciphertext = CiphertextBlob.decode(blob);
        String key = parameters.remove("KeyId");
        boolean otherKey = key != null && !key.startsWith("alias/") && !key.endsWith(ciphertext.keyId());
        if (otherKey || (iv != null && !iv.equals(ciphertext.nonce()))) {
            throw KmsFaults.invalidCiphertext();
        }
    }
}
