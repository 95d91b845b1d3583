package io.gyre.envelope;

import com.google.crypto.tink.subtle.Hkdf;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Set;

/**
 * The key below which everything is encrypted. It is given by the operator, and there is no default: whoever has the
 * database alone has nothing.
 */
public final class RootKey {
    private static final Set<PosixFilePermission> OTHERS = EnumSet.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);

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
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(base64.strip());
        } catch (IllegalArgumentException e) {
            throw new EnvelopeException("The root key is not Base64: make one with: openssl rand -base64 32");
        }
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
        try {
            Set<PosixFilePermission> open = EnumSet.copyOf(OTHERS);
            open.retainAll(Files.getPosixFilePermissions(file));
            if (!open.isEmpty()) {
                throw new EnvelopeException("The root key's file " + file
                        + " may be read or written by others than its owner: run chmod 600 on it.");
            }
            return ofBase64(Files.readString(file));
        } catch (IOException e) {
            throw new EnvelopeException(
                    "The root key's file " + file + " cannot be read: name one with GYRE_ROOT_KEY_FILE that holds 32"
                            + " bytes in Base64, made with: openssl rand -base64 32",
                    e);
        }
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
