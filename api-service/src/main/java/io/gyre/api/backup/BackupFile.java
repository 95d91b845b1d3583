package io.gyre.api.backup;

import com.google.crypto.tink.subtle.AesGcmJce;
import io.gyre.api.password.Argon2id;
import io.gyre.secret.SecretText;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * A backup as bytes: a head that says how the key follows from the passphrase (Argon2id, RFC 9106), then the content,
 * compressed and sealed by AES-256-GCM with the head as associated data. A file that was changed or cut does not open.
 */
final class BackupFile {
    private static final byte[] MAGIC = "GYREBAK1".getBytes(StandardCharsets.US_ASCII);
    private static final int SALT_BYTES = 16;
    private static final int KEY_BYTES = 32;
    private static final int HEAD_BYTES = MAGIC.length + 2 * Integer.BYTES + SALT_BYTES;

    /** 32 MiB, and four passes over it: a guess costs a tenth of a second. */
    private static final int MEMORY_KIB = 32 * 1024;

    private static final int PASSES = 4;

    /** A file may ask for as much; more would let a made-up one use up the process's memory. */
    private static final int MOST_MEMORY_KIB = 64 * 1024;

    private static final int MOST_PASSES = 10;

    private static final SecureRandom RANDOM = new SecureRandom();

    private BackupFile() {}

    static byte[] seal(byte[] content, SecretText passphrase) {
        byte[] salt = new byte[SALT_BYTES];
        RANDOM.nextBytes(salt);
        byte[] head = ByteBuffer.allocate(HEAD_BYTES)
                .put(MAGIC)
                .putInt(MEMORY_KIB)
                .putInt(PASSES)
                .put(salt)
                .array();
        try {
            byte[] sealed = new AesGcmJce(key(passphrase, salt, MEMORY_KIB, PASSES)).encrypt(compressed(content), head);
            return ByteBuffer.allocate(head.length + sealed.length)
                    .put(head)
                    .put(sealed)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has AES-GCM", e);
        }
    }

    /**
     * @param limit of the content, in bytes
     * @return empty where the passphrase is another one, or the file was changed, or cut, or is none
     */
    static Optional<byte[]> open(byte[] file, SecretText passphrase, int limit) {
        if (file.length <= HEAD_BYTES || !Arrays.equals(file, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            return Optional.empty();
        }
        ByteBuffer head = ByteBuffer.wrap(file, MAGIC.length, HEAD_BYTES - MAGIC.length);
        int memory = head.getInt();
        int passes = head.getInt();
        if (memory < 8 || memory > MOST_MEMORY_KIB || passes < 1 || passes > MOST_PASSES) {
            return Optional.empty();
        }
        byte[] salt = new byte[SALT_BYTES];
        head.get(salt);
        try {
            byte[] opened = new AesGcmJce(key(passphrase, salt, memory, passes))
                    .decrypt(Arrays.copyOfRange(file, HEAD_BYTES, file.length), Arrays.copyOf(file, HEAD_BYTES));
            return Optional.of(expanded(opened, limit));
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    private static byte[] key(SecretText passphrase, byte[] salt, int memoryKib, int passes) {
        return new Argon2id(memoryKib, passes).stretched(passphrase, salt, KEY_BYTES);
    }

    private static byte[] compressed(byte[] content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Only somebody with the passphrase made it, but it may have been made by another version. */
    private static byte[] expanded(byte[] opened, int limit) {
        try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(opened))) {
            byte[] content = gzip.readNBytes(limit + 1);
            if (content.length > limit) {
                throw new UncheckedIOException(new IOException("The backup expands to more than " + limit + " bytes"));
            }
            return content;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
