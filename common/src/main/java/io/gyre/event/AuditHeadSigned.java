package io.gyre.event;

import io.gyre.audit.SignedHead;
import java.util.UUID;

/**
 * The head of one of the audit log's chains, signed: an anchor outside the database.
 *
 * @param chain the chain
 * @param line the number of its last line
 * @param hash of that line, 64 hexadecimal digits
 * @param signedAt the wall clock's time, as it was signed
 * @param keyId of the key that signed
 * @param signature Ed25519, 128 hexadecimal digits
 */
public record AuditHeadSigned(UUID chain, long line, String hash, String signedAt, String keyId, String signature) {
    /** The CloudEvents type. */
    public static final String TYPE = "io.gyre.audit.head.v1";

    public static AuditHeadSigned of(SignedHead head) {
        return new AuditHeadSigned(head.chain(), head.line(), head.hash(), head.at(), head.keyId(), head.signature());
    }

    public SignedHead head() {
        return new SignedHead(chain, line, hash, signedAt, keyId, signature);
    }
}
