package io.gyre.envelope;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.subtle.AesGcmJce;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;

/** One AES-256-GCM key. What is sealed opens only with the same key and the same words about what it is. */
final class SealingKey {
    static final int BYTES = 32;

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Aead aead;

    private SealingKey(Aead aead) {
        this.aead = aead;
    }

    static SealingKey of(byte[] bytes) {
        try {
            return new SealingKey(new AesGcmJce(bytes));
        } catch (GeneralSecurityException e) {
            throw new EnvelopeException("A key of " + bytes.length + " bytes is no AES-256 key.", e);
        }
    }

    /** 32 bytes from the operating system's random source. */
    static byte[] random() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    byte[] seal(byte[] plaintext, String about) {
        try {
            return aead.encrypt(plaintext, about.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new EnvelopeException("Cannot encrypt " + about + ".", e);
        }
    }

    byte[] open(byte[] ciphertext, String about) {
        try {
            return aead.decrypt(ciphertext, about.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new EnvelopeException(
                    "Cannot decrypt " + about + ": it was encrypted under another key, was changed, or was moved here"
                            + " from elsewhere.",
                    e);
        }
    }

    @Override
    public String toString() {
        return "***";
    }
}
