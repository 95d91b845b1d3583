package io.gyre.audit;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * Says, signed, which hash a chain's line has: from then on, no line up to it can be changed, removed or put elsewhere
 * unnoticed.
 *
 * @param chain the chain
 * @param line the number of its last line at that time
 * @param hash of that line
 * @param at when it was signed, on the wall clock: ISO 8601, UTC
 * @param keyId of the key that signed
 * @param signature Ed25519, 128 hexadecimal digits
 */
public record SignedHead(UUID chain, long line, String hash, String at, String keyId, String signature) {
    /** What is signed. */
    static byte[] statement(UUID chain, long line, String hash, String at) {
        return String.join("\n", "gyre audit head v1", chain.toString(), Long.toString(line), hash, at)
                .getBytes(StandardCharsets.UTF_8);
    }
}
