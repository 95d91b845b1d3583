package io.gyre.envelope;

import com.google.crypto.tink.Aead;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Base64;

/**
 * A root key that another key wraps, in a token or at a cloud. The file is of no use without that key. Each start unwraps it once,
 * and holds it in memory from then on.
 *
 * @param base64 for the file
 */
public record WrappedRootKey(String base64, RootKeyId id) {
    /** What the wrapping is bound to. */
    private static final byte[] ABOUT = "gyre: a root key".getBytes(StandardCharsets.US_ASCII);

    /** A fresh root key, which was never outside of this process. */
    public static WrappedRootKey fresh(Aead wrapping) {
        return wrap(SealingKey.random(), wrapping);
    }

    /**
     * The root key of a file, to have it wrapped from now on.
     *
     * @throws EnvelopeException as {@link RootKey#inFile}
     */
    public static WrappedRootKey ofFile(Path file, Aead wrapping) {
        return wrap(RootKey.bytes(RootKey.text(file)), wrapping);
    }

    /** @throws EnvelopeException if it cannot be wrapped, or not be unwrapped again */
    private static WrappedRootKey wrap(byte[] key, Aead wrapping) {
        byte[] wrapped;
        try {
            wrapped = wrapping.encrypt(key, ABOUT);
        } catch (GeneralSecurityException | RuntimeException e) {
            throw new EnvelopeException(
                    "The root key cannot be wrapped: the key that is to wrap it does not answer, or may not encrypt ("
                            + e.getClass().getSimpleName() + ").",
                    e);
        }
        return new WrappedRootKey(
                Base64.getEncoder().encodeToString(wrapped),
                unwrap(wrapped, wrapping).id());
    }

    /** @throws EnvelopeException if the file is missing or malformed, or the key does not unwrap it or does not answer */
    static RootKey inFile(Path file, Aead wrapping) {
        try {
            return unwrap(Base64.getDecoder().decode(Files.readString(file).strip()), wrapping);
        } catch (IOException | IllegalArgumentException e) {
            throw new EnvelopeException(
                    "The file " + file + " holds no wrapped root key: make one with ./gyre root-key wrap.", e);
        }
    }

    private static RootKey unwrap(byte[] wrapped, Aead wrapping) {
        try {
            return RootKey.of(wrapping.decrypt(wrapped, ABOUT));
        } catch (EnvelopeException e) {
            throw e;
        } catch (GeneralSecurityException | RuntimeException e) {
            throw new EnvelopeException(
                    "The root key cannot be unwrapped: it was wrapped by another key, or was changed, or the key does not answer"
                            + " or may not decrypt (" + e.getClass().getSimpleName() + ").",
                    e);
        }
    }
}
