package io.gyre.api.password;

import io.gyre.secret.SecretText;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Argon2id (RFC 9106), version 1.3 on one lane: what makes each guess cost.
 *
 * @param memoryKib that one computation takes
 * @param passes over that memory
 */
public record Argon2id(int memoryKib, int passes) {
    public byte[] stretched(SecretText text, byte[] salt, int bytes) {
        Argon2BytesGenerator argon2 = new Argon2BytesGenerator();
        argon2.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(memoryKib)
                .withIterations(passes)
                .withParallelism(1)
                .withSalt(salt)
                .build());
        byte[] stretched = new byte[bytes];
        argon2.generateBytes(text.revealBytes(), stretched);
        return stretched;
    }
}
