package io.gyre.simulator.account;

import java.security.SecureRandom;

/** Names that the cloud chooses itself. */
public final class Identifiers {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String DIGITS = "0123456789";
    private static final String LOWER = "abcdefghijklmnopqrstuvwxyz" + DIGITS;
    private static final String ALL = "ABCDEFGHIJKLMNOPQRSTUVWXYZ" + LOWER;

    private Identifiers() {}

    /** {@code LTAI} and 20 characters. */
    public static String accessKeyId() {
        return "LTAI" + random(ALL, 20);
    }

    /** 30 characters, 178 bits. */
    public static String accessKeySecret() {
        return random(ALL, 30);
    }

    /** 18 digits. */
    public static String userId() {
        return "2" + random(DIGITS, 17);
    }

    /** For example {@code rm-1udsh3wq0x8b7k2mp}. */
    public static String resource(String prefix) {
        return prefix + random(LOWER, 17);
    }

    private static String random(String alphabet, int length) {
        return RANDOM.ints(length, 0, alphabet.length())
                .collect(
                        StringBuilder::new, (text, index) -> text.append(alphabet.charAt(index)), StringBuilder::append)
                .toString();
    }
}
