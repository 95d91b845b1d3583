package io.gyre.audit;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.UUID;

/** Signs heads. It never prints its private half. */
public final class AuditSigner {
    private final AuditKey verifier;
    private final PrivateKey key;

    private AuditSigner(AuditKey verifier, PrivateKey key) {
        this.verifier = verifier;
        this.key = key;
    }

    /** A fresh key. */
    public static AuditSigner generate() {
        try {
            KeyPair pair = KeyPairGenerator.getInstance(AuditKey.ALGORITHM).generateKeyPair();
            return new AuditSigner(AuditKey.of(pair.getPublic()), pair.getPrivate());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java from 15 on has Ed25519", e);
        }
    }

    /**
     * One that was made before.
     *
     * @param encoded the private half, as {@link #encoded} gives it
     */
    public static AuditSigner of(AuditKey verifier, byte[] encoded) {
        try {
            return new AuditSigner(
                    verifier,
                    KeyFactory.getInstance(AuditKey.ALGORITHM).generatePrivate(new PKCS8EncodedKeySpec(encoded)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The audit log's key is no private Ed25519 key", e);
        }
    }

    public AuditKey verifier() {
        return verifier;
    }

    /** The private half in PKCS #8, to be sealed. */
    public byte[] encoded() {
        return key.getEncoded();
    }

    public SignedHead sign(UUID chain, long line, String hash, Instant at) {
        try {
            Signature signature = Signature.getInstance(AuditKey.ALGORITHM);
            signature.initSign(key);
            signature.update(SignedHead.statement(chain, line, hash, at.toString()));
            return new SignedHead(chain, line, hash, at.toString(), verifier.id(), AuditChain.hex(signature.sign()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("An Ed25519 key signs whatever it is given", e);
        }
    }

    @Override
    public String toString() {
        return "AuditSigner[" + verifier.id() + "]";
    }
}
