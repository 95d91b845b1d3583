package io.gyre.audit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;

/**
 * How the hash of each line follows from the line before: SHA-256 of the former hash and the event's text in UTF-8. The
 * first line follows the hash of the chain's own name, so that no line fits another chain.
 */
public final class AuditChain {
    private AuditChain() {}

    /** What the first line of this chain follows; 64 hexadecimal digits, as every hash. */
    public static String root(UUID chain) {
        return hex(sha256().digest(("gyre audit chain " + chain).getBytes(StandardCharsets.US_ASCII)));
    }

    /**
     * @param former the hash of the line before, or the root
     * @param event the line's text, exactly as it is kept
     */
    public static String next(String former, String event) {
        MessageDigest digest = sha256();
        digest.update(HexFormat.of().parseHex(former));
        return hex(digest.digest(event.getBytes(StandardCharsets.UTF_8)));
    }

    static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
