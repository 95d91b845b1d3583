package io.gyre.envelope;

import com.google.crypto.tink.Aead;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.AuthProvider;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.Provider;
import java.security.ProviderException;
import java.security.SecureRandom;
import java.security.Security;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.security.auth.login.FailedLoginException;
import javax.security.auth.login.LoginException;
import org.jspecify.annotations.Nullable;

/**
 * An AES key in a PKCS#11 token, by the JDK's own provider. The token encrypts and decrypts; the key never leaves it. The login
 * ends with {@link #close}.
 */
public final class TokenKey implements Aead, AutoCloseable {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final Provider token;
    private final Key key;

    private TokenKey(Provider token, Key key) {
        this.token = token;
        this.key = key;
    }

    /**
     * Logs in to the token and finds the key.
     *
     * @throws EnvelopeException if library, slot, PIN or key are not right, or if the key could leave the token
     */
    public static TokenKey of(Path library, long slot, String label, Path pinFile) {
        String pin = OwnersFile.read(
                        pinFile, "The file with the token's PIN", "write the user's PIN of the PKCS#11 token to it.")
                .strip();
        Provider token = token(library, slot);
        try {
            KeyStore keys = KeyStore.getInstance("PKCS11", token);
            keys.load(null, pin.toCharArray());
            Key found = keys.getKey(label, null);
            if (found == null || !found.getAlgorithm().equals("AES") || found.getEncoded() != null) {
                logOut(token);
                throw refusal(found, label);
            }
            return new TokenKey(token, found);
        } catch (IOException e) {
            throw new EnvelopeException(
                    "The PKCS#11 token in slot " + slot
                            + (refusesPin(e)
                                    ? " refuses the PIN of " + pinFile
                                            + ": write the user's PIN to it, before the token locks."
                                    : " cannot be logged in to (" + e.getMessage()
                                            + "): check the token with its vendor's tool."),
                    e);
        } catch (GeneralSecurityException | ProviderException e) {
            throw new EnvelopeException(
                    "The PKCS#11 token in slot " + slot + " does not answer (" + e.getMessage()
                            + "): give the number of a slot with a token, as its vendor's tool lists it.",
                    e);
        }
    }

    private static boolean refusesPin(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof FailedLoginException
                    || String.valueOf(cause.getMessage()).contains("CKR_PIN_")) {
                return true;
            }
        }
        return false;
    }

    private static Provider token(Path library, long slot) {
        if (!Files.isReadable(library) || library.toString().contains("\"")) {
            throw new EnvelopeException("The PKCS#11 library " + library
                    + " cannot be read: name the one of your token's vendor, for example libsofthsm2.so.");
        }
        try {
            return Security.getProvider("SunPKCS11")
                    .configure("--name = gyre\nlibrary = \"" + library.toAbsolutePath() + "\"\nslot = " + slot + "\n");
        } catch (ProviderException | IllegalArgumentException e) {
            throw new EnvelopeException(
                    "The PKCS#11 library " + library + " cannot be used with slot " + slot + " (" + e.getMessage()
                            + "): check both, and the library's own configuration.",
                    e);
        }
    }

    private static EnvelopeException refusal(@Nullable Key found, String label) {
        return found == null || !found.getAlgorithm().equals("AES")
                ? new EnvelopeException("The PKCS#11 token has no AES key with the label \"" + label
                        + "\": make one there, as docs/root-keys.md shows.")
                : new EnvelopeException("The key \"" + label
                        + "\" of the PKCS#11 token can leave it: make one that is sensitive and not extractable, as"
                        + " docs/root-keys.md shows.");
    }

    @Override
    public byte[] encrypt(byte[] plaintext, byte[] associatedData) throws GeneralSecurityException {
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, associatedData).doFinal(plaintext);
        return ByteBuffer.allocate(NONCE_BYTES + sealed.length)
                .put(nonce)
                .put(sealed)
                .array();
    }

    @Override
    public byte[] decrypt(byte[] ciphertext, byte[] associatedData) throws GeneralSecurityException {
        if (ciphertext.length < NONCE_BYTES + TAG_BITS / Byte.SIZE) {
            throw new GeneralSecurityException("too short");
        }
        byte[] nonce = new byte[NONCE_BYTES];
        ByteBuffer.wrap(ciphertext).get(nonce);
        return cipher(Cipher.DECRYPT_MODE, nonce, associatedData)
                .doFinal(ciphertext, NONCE_BYTES, ciphertext.length - NONCE_BYTES);
    }

    private Cipher cipher(int mode, byte[] nonce, byte[] associatedData) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(CIPHER, token);
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(associatedData);
        return cipher;
    }

    @Override
    public void close() {
        logOut(token);
    }

    /** A login counts for the whole process, whatever PIN comes next. */
    private static void logOut(Provider token) {
        try {
            ((AuthProvider) token).logout();
        } catch (LoginException e) {
            throw new EnvelopeException("The PKCS#11 token could not be logged out of.", e);
        }
    }

    @Override
    public String toString() {
        return "***";
    }
}
