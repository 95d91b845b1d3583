package io.gyre.api.keys;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.api.wire.WireJson;
import java.util.Base64;

/** What the actions that encrypt and decrypt answer. */
final class CryptoAnswers {
    private CryptoAnswers() {}

    static ObjectNode encrypted(CiphertextBlob blob) {
        return WireJson.answer()
                .put("KeyId", blob.keyId())
                .put("KeyVersionId", blob.versionId())
                .put("CiphertextBlob", blob.encode());
    }

    static ObjectNode decrypted(KeyUse.Opened opened) {
        return WireJson.answer()
                .put("KeyId", opened.keyId())
                .put("KeyVersionId", opened.versionId())
                .put("Plaintext", base64(opened.plaintext()));
    }

    static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
