package io.gyre.api.keys;

import io.gyre.api.wire.KmsFaults;
import io.gyre.rpc.RpcFault;
import io.gyre.rpc.RpcRequest;
import io.gyre.store.KmsKey;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.interfaces.RSAKey;
import java.security.spec.MGF1ParameterSpec;
import java.util.Arrays;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;

/** The parameter Algorithm of AsymmetricEncrypt and AsymmetricDecrypt: OAEP, with one hash for both its places. */
enum EncryptionAlgorithm {
    RSAES_OAEP_SHA_256("SHA-256", 32),
    RSAES_OAEP_SHA_1("SHA-1", 20);

    private final String hash;
    private final int hashBytes;

    EncryptionAlgorithm(String hash, int hashBytes) {
        this.hash = hash;
        this.hashBytes = hashBytes;
    }

    /** @throws RpcFault MissingParameter or InvalidParameter */
    static EncryptionAlgorithm of(RpcRequest request) {
        String given = request.required("Algorithm");
        return Arrays.stream(values())
                .filter(algorithm -> algorithm.name().equals(given))
                .findFirst()
                .orElseThrow(
                        () -> KmsFaults.invalid("Algorithm", "it must be RSAES_OAEP_SHA_256 or RSAES_OAEP_SHA_1."));
    }

    /** @throws RpcFault UnsupportedOperation where the key is not for this, InvalidParameter for too many bytes */
    byte[] encrypt(OpenedPair pair, byte[] plaintext) throws GeneralSecurityException {
        Key key = pair.expectedFor(KmsKey.ENCRYPT_DECRYPT).publicKey();
        int limit = bytes(key) - 2 * hashBytes - 2;
        if (plaintext.length > limit) {
            throw KmsFaults.invalid(
                    "Plaintext", "a key " + pair.spec() + " encrypts up to " + limit + " bytes with " + name() + ".");
        }
        return cipher(Cipher.ENCRYPT_MODE, key).doFinal(plaintext);
    }

    /** @throws RpcFault UnsupportedOperation where the key is not for this, InvalidCiphertext for whatever it does not open */
    byte[] decrypt(OpenedPair pair, byte[] ciphertext) throws GeneralSecurityException {
        Key key = pair.expectedFor(KmsKey.ENCRYPT_DECRYPT).privateKey();
        // A ciphertext is a number below the modulus, written in as many bytes.
        if (ciphertext.length != bytes(key)
                || new BigInteger(1, ciphertext).compareTo(((RSAKey) key).getModulus()) >= 0) {
            throw KmsFaults.invalidCiphertext();
        }
        try {
            return cipher(Cipher.DECRYPT_MODE, key).doFinal(ciphertext);
        } catch (BadPaddingException e) {
            throw KmsFaults.invalidCiphertext();
        }
    }

    private Cipher cipher(int mode, Key key) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPPadding", KeyPairSpec.PROVIDER);
        cipher.init(
                mode,
                key,
                new OAEPParameterSpec(hash, "MGF1", new MGF1ParameterSpec(hash), PSource.PSpecified.DEFAULT));
        return cipher;
    }

    private static int bytes(Key key) {
        return ((RSAKey) key).getModulus().bitLength() / Byte.SIZE;
    }
}
