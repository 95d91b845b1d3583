package io.gyre.api.ram;

import io.gyre.secret.SecretText;
import java.security.SecureRandom;

/** Names that RAM chooses itself, and the secrets of AccessKeys. */
public final class Identifiers {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String DIGITS = "0123456789";
    private static final String BASE_62 = DIGITS + "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    private Identifiers() {}

    /** {@code LTAI} and 20 characters. */
    public static String accessKeyId() {
        return "LTAI" + random(BASE_62, 20);
    }

    /** {@code STS.} and 24 characters. */
    public static String temporaryKeyId() {
        return "STS." + random(BASE_62, 24);
    }

    /** 30 characters, 178 bits. */
    public static SecretText accessKeySecret() {
        return SecretText.of(random(BASE_62, 30));
    }

    /** 18 digits. */
    static String userId() {
        return "2" + random(DIGITS, 17);
    }

    /** 18 digits. */
    static String roleId() {
        return "3" + random(DIGITS, 17);
    }

    private static String random(String alphabet, int length) {
        StringBuilder text = new StringBuilder(length);
        while (text.length() < length) {
            text.append(alphabet.charAt(RANDOM.nextInt(alphabet.length())));
        }
        return text.toString();
    }
}
