package io.gyre.envelope;

import com.google.crypto.tink.subtle.Hkdf;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Base64;

/**
 * The key below which everything is encrypted. It is given by the operator, and there is no default: whoever has the
 * database alone has nothing.
 */
public final class RootKey {
    /** Sessions are sealed without limit and never counted, so they use up nothing of the root key itself. */
    private static final byte[] SESSIONS = "gyre: the sessions of roles".getBytes(StandardCharsets.US_ASCII);

    /** The id is public: it stands in the database and in answers. */
    private static final byte[] NAME = "gyre: the id of a root key".getBytes(StandardCharsets.US_ASCII);

    private final RootKeyId id;
    private final SealingKey key;
    private final SealingKey sessions;

    private RootKey(RootKeyId id, SealingKey key, SealingKey sessions) {
        this.id = id;
        this.key = key;
        this.sessions = sessions;
    }

    /** @param base64 32 bytes in Base64; white space around it is ignored */
    public static RootKey ofBase64(String base64) {
        return of(bytes(base64));
    }

    static byte[] bytes(String base64) {
        try {
            return Base64.getDecoder().decode(base64.strip());
        } catch (IllegalArgumentException e) {
            throw new EnvelopeException("The root key is not Base64: make one with: openssl rand -base64 32");
        }
    }

    static RootKey of(byte[] bytes) {
        if (bytes.length != SealingKey.BYTES) {
            throw new EnvelopeException("The root key has " + bytes.length + " bytes instead of " + SealingKey.BYTES
                    + ": make one with: openssl rand -base64 32");
        }
        return new RootKey(
                RootKeyId.of(derived(bytes, NAME, RootKeyId.BYTES)),
                SealingKey.of(bytes),
                SealingKey.of(derived(bytes, SESSIONS, SealingKey.BYTES)));
    }

    /** Bytes from which nobody comes to the root key or to those for another purpose (HKDF, RFC 5869). */
    private static byte[] derived(byte[] root, byte[] purpose, int length) {
        try {
            return Hkdf.computeHkdf("HMACSHA256", root, new byte[0], purpose, length);
        } catch (GeneralSecurityException e) {
            throw new EnvelopeException("This JDK has no HMAC-SHA256, which every JDK must have.", e);
        }
    }

    /**
     * Reads the key from a file that its owner alone may read.
     *
     * @throws EnvelopeException if the file is missing, may be read by others, or holds no key
     */
    public static RootKey inFile(Path file) {
        return ofBase64(text(file));
    }

    static String text(Path file) {
        return OwnersFile.read(
                file,
                "The root key's file",
                "name one with GYRE_ROOT_KEY_FILE that holds 32 bytes in Base64, made with: openssl rand -base64 32");
    }

    public RootKeyId id() {
        return id;
    }

    SealingKey key() {
        return key;
    }

    SealingKey sessions() {
        return sessions;
    }

    @Override
    public String toString() {
        return "***";
    }
}
