package io.gyre.api.gateway;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.api.keys.CiphertextBlob;
import io.gyre.api.wire.KmsFaults;
import io.gyre.api.wire.WireJson;
import io.gyre.rpc.RpcFault;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
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
    GENERATE_RANDOM("GenerateRandom", "GenerateRandom");

    private static final String ALGORITHM = "AES_GCM";

    /** The SDKs have them; keys here are symmetric. */
    private static final Set<String> ASYMMETRIC = Set.of("GetPublicKey", "Sign", "Verify");

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

    /** Why nothing of this name can be called. */
    static RpcFault absent(String apiName) {
        return ASYMMETRIC.contains(apiName) ? InstanceFaults.unsupported(apiName) : InstanceFaults.invalidApiName();
    }

    String apiName() {
        return apiName;
    }

    String action() {
        return action;
    }

    /**
     * The action's parameters.
     *
     * @param fields of the message, by name
     * @throws RpcFault for what cannot be asked for here
     */
    SortedMap<String, String> parameters(SortedMap<String, String> fields) {
        SortedMap<String, String> parameters = new TreeMap<>(fields);
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

    /** The answer as the message has it. */
    ObjectNode answer(ObjectNode answer) {
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
