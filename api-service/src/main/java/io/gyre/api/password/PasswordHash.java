package io.gyre.api.password;

import io.gyre.secret.SecretText;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is kept of a password: {@code $argon2id$v=19$m=…,t=…,p=1$salt$hash}, as other programs write it too. */
final class PasswordHash {
    /** OWASP, Password Storage Cheat Sheet: at least 19 MiB and two passes on one lane. */
    private static final Argon2id COST = new Argon2id(19 * 1024, 2);

    /** RFC 9106, section 3.1. */
    private static final int SALT_BYTES = 16;

    private static final int HASH_BYTES = 32;

    private static final Pattern FORM = Pattern.compile(
            "\\$argon2id\\$v=19\\$m=([0-9]{1,7}),t=([0-9]{1,3}),p=1\\$([A-Za-z0-9+/]+)\\$([A-Za-z0-9+/]+)");

    private static final SecureRandom RANDOM = new SecureRandom();

    /** Of 256 random bits, which nobody types: where there is no hash, the same work is done against this. */
    private static final String NOBODYS = of(SecretText.of(base64(random(HASH_BYTES))));

    private PasswordHash() {}

    static String of(SecretText password) {
        byte[] salt = random(SALT_BYTES);
        return "$argon2id$v=19$m=" + COST.memoryKib() + ",t=" + COST.passes() + ",p=1$" + base64(salt) + "$"
                + base64(COST.stretched(password, salt, HASH_BYTES));
    }

    /** @param hash as {@link #of} made it, today or with other costs */
    static boolean fits(SecretText password, String hash) {
        Matcher parts = FORM.matcher(hash);
        if (!parts.matches()) {
            throw new IllegalStateException("A password's hash is not in the form in which hashes are written.");
        }
        Argon2id cost = new Argon2id(Integer.parseInt(parts.group(1)), Integer.parseInt(parts.group(2)));
        byte[] kept = Base64.getDecoder().decode(parts.group(4));
        byte[] given = cost.stretched(password, Base64.getDecoder().decode(parts.group(3)), kept.length);
        return MessageDigest.isEqual(kept, given);
    }

    /** Takes as long as a look at somebody's. */
    static boolean fitsNobodys(SecretText password) {
        return fits(password, NOBODYS);
    }

    private static byte[] random(int bytes) {
        byte[] random = new byte[bytes];
        RANDOM.nextBytes(random);
        return random;
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().withoutPadding().encodeToString(bytes);
    }
}
