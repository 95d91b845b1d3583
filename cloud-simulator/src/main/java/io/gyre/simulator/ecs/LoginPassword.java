package io.gyre.simulator.ecs;

import io.gyre.rpc.RpcFault;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.commons.codec.digest.Crypt;
import org.apache.commons.codec.digest.Sha2Crypt;
import org.jspecify.annotations.Nullable;

/** Passwords of ECS accounts: their rules, and their hashes as crypt(3) makes them. */
final class LoginPassword {
    static final String SPECIALS = "()`~!@#$%^&*-_+=|{}[]:;'<>,.?/";

    private static final int SHORTEST = 8;
    private static final int LONGEST = 30;
    private static final int KINDS_NEEDED = 3;

    /** Rounds are bounded, since whoever sets a hash would else choose how long a login computes. */
    private static final Pattern SHA512 =
            Pattern.compile("\\$6\\$(rounds=[1-9]\\d{3,5}\\$)?[./0-9A-Za-z]{1,16}\\$[./0-9A-Za-z]{86}");

    /** What no password has, for a login that must fail as slowly as one that is compared. */
    private static final String NOBODY = Sha2Crypt.sha512Crypt("nobody".getBytes(StandardCharsets.UTF_8));

    private LoginPassword() {}

    /**
     * SHA-512, with a salt of its own.
     *
     * @throws RpcFault InvalidPassword.Malformed
     */
    static String hash(String password) {
        if (password.length() < SHORTEST || password.length() > LONGEST) {
            throw EcsFaults.badPassword();
        }
        IntStream kinds =
                password.chars().map(character -> kind((char) character)).distinct();
        if (kinds.count() < KINDS_NEEDED) {
            throw EcsFaults.badPassword();
        }
        return Sha2Crypt.sha512Crypt(password.getBytes(StandardCharsets.UTF_8));
    }

    private static int kind(char character) {
        if (character >= 'A' && character <= 'Z') {
            return 1;
        }
        if (character >= 'a' && character <= 'z') {
            return 2;
        }
        if (character >= '0' && character <= '9') {
            return 3;
        }
        if (SPECIALS.indexOf(character) >= 0) {
            return 4;
        }
        throw EcsFaults.badPassword();
    }

    /** Whether it is a SHA-512 hash that crypt(3) can compare with. */
    static boolean isHash(String text) {
        return SHA512.matcher(text).matches();
    }

    /** @param hash null for an account without a password, which no password opens */
    static boolean matches(String password, @Nullable String hash) {
        String kept = hash == null ? NOBODY : hash;
        boolean same = MessageDigest.isEqual(
                Crypt.crypt(password, kept).getBytes(StandardCharsets.US_ASCII),
                kept.getBytes(StandardCharsets.US_ASCII));
        return same && hash != null;
    }
}
