package io.gyre.audit;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;

/** The public half of the key that signs heads (Ed25519, RFC 8032). */
public final class AuditKey {
    static final String ALGORITHM = "Ed25519";

    /** As many characters of its hash as tell keys apart. */
    private static final int ID_LENGTH = 16;

    private final PublicKey key;

    private AuditKey(PublicKey key) {
        this.key = key;
    }

    /**
     * @param hex the X.509 SubjectPublicKeyInfo, in hexadecimal digits
     * @throws IllegalArgumentException where this is none
     */
    public static AuditKey of(String hex) {
        try {
            byte[] encoded = HexFormat.of().parseHex(hex);
            return new AuditKey(KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(encoded)));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("This is no public Ed25519 key", e);
        }
    }

    static AuditKey of(PublicKey key) {
        return new AuditKey(key);
    }

    /** From the key alone, so that it cannot be claimed by another. */
    public String id() {
        return AuditChain.hex(AuditChain.sha256().digest(key.getEncoded())).substring(0, ID_LENGTH);
    }

    /** The X.509 SubjectPublicKeyInfo, in hexadecimal digits. */
    public String hex() {
        return AuditChain.hex(key.getEncoded());
    }

    /** Whether this key signed exactly this. */
    public boolean signed(SignedHead head) {
        try {
            Signature check = Signature.getInstance(ALGORITHM);
            check.initVerify(key);
            check.update(SignedHead.statement(head.chain(), head.line(), head.hash(), head.at()));
            return check.verify(HexFormat.of().parseHex(head.signature()));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            // A signature of another length, or no hexadecimal digits.
            return false;
        }
    }
}
