package io.gyre.api.keys;

import io.gyre.api.wire.KmsFaults;
import io.gyre.rpc.RpcFault;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.UUID;

/**
 * A ciphertext as callers keep it, in Base64: one byte for the format, the key's id and the version's id of 16 bytes
 * each, and what AES-256-GCM made of the plaintext. So it alone tells what decrypts it.
 */
@SuppressWarnings("ArrayRecordComponent") // Carried from the wire to the cipher, never compared.
public record CiphertextBlob(String keyId, String versionId, byte[] sealed) {
    private static final byte FORMAT = 1;
    private static final int HEADER = 1 + 2 * 2 * Long.BYTES;

    private static final int NONCE = 12;

    /** The longest plaintext of Encrypt, with the nonce and the tag around it. */
    private static final int LARGEST = HEADER + NONCE + Plaintexts.LIMIT + 16;

    /** @throws RpcFault InvalidCiphertext where it is none of this format */
    public static CiphertextBlob decode(String base64) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw KmsFaults.invalidCiphertext();
        }
        if (bytes.length <= HEADER + NONCE || bytes.length > LARGEST || bytes[0] != FORMAT) {
            throw KmsFaults.invalidCiphertext();
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes, 1, bytes.length - 1);
        String keyId = id(buffer);
        String versionId = id(buffer);
        byte[] sealed = new byte[buffer.remaining()];
        buffer.get(sealed);
        return new CiphertextBlob(keyId, versionId, sealed);
    }

    /** What the cipher drew for this ciphertext, in Base64; it stands before what it made of the plaintext. */
    public String nonce() {
        return Base64.getEncoder().encodeToString(Arrays.copyOf(sealed, NONCE));
    }

    String encode() {
        ByteBuffer buffer = ByteBuffer.allocate(HEADER + sealed.length).put(FORMAT);
        put(buffer, keyId);
        put(buffer, versionId);
        return Base64.getEncoder().encodeToString(buffer.put(sealed).array());
    }

    /** What the cipher binds the ciphertext to, beside the key's material. */
    static String about(String keyId, String versionId, EncryptionContext context) {
        return "a ciphertext of format " + FORMAT + ", key " + keyId + ", version " + versionId + ", in context "
                + context.canonical();
    }

    private static String id(ByteBuffer buffer) {
        return new UUID(buffer.getLong(), buffer.getLong()).toString();
    }

    private static void put(ByteBuffer buffer, String id) {
        UUID uuid = UUID.fromString(id);
        buffer.putLong(uuid.getMostSignificantBits()).putLong(uuid.getLeastSignificantBits());
    }

    @Override
    public String toString() {
        return "CiphertextBlob[key " + keyId + ", version " + versionId + "]";
    }
}
