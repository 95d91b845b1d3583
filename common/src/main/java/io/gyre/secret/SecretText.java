package io.gyre.secret;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** Text that must not be printed: {@code toString} shows stars, and comparisons take the same time for every value. */
public final class SecretText {
    private final String text;

    private SecretText(String text) {
        this.text = text;
    }

    public static SecretText of(String text) {
        return new SecretText(text);
    }

    /** The plaintext. Each call is a place where a secret leaves its wrapper: keep them few. */
    public String reveal() {
        return text;
    }

    /** UTF-8 bytes of the plaintext. */
    public byte[] revealBytes() {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SecretText that && MessageDigest.isEqual(revealBytes(), that.revealBytes());
    }

    /** The same for all: a hash of the text could be printed by a collection or a debugger. */
    @Override
    public int hashCode() {
        return SecretText.class.hashCode();
    }

    @Override
    public String toString() {
        return "***";
    }
}
