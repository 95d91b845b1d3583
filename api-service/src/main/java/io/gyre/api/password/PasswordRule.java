package io.gyre.api.password;

import io.gyre.secret.SecretText;
import java.util.Locale;
import java.util.Optional;

/**
 * Which passwords are taken. Length counts, and no mixture of characters is asked for (NIST SP 800-63B-4, section 3.1.1.2, whose
 * minimum where a password is the only proof is 15).
 */
public final class PasswordRule {
    private static final int SHORTEST = 15;

    /** So that a hash costs what it should, and no more. */
    private static final int LONGEST = 128;

    /** Fewer are one key pressed again and again. */
    private static final int DIFFERENT = 5;

    private PasswordRule() {}

    /** Empty where it is taken; else what it has to be, as a clause that ends a sentence. */
    public static Optional<String> broken(SecretText password, String userName) {
        String text = password.reveal();
        int length = text.codePointCount(0, text.length());
        if (length < SHORTEST || length > LONGEST) {
            return Optional.of("it must have " + SHORTEST + " to " + LONGEST
                    + " characters, whichever you like; four or" + " five words do.");
        }
        if (text.codePoints().distinct().count() < DIFFERENT) {
            return Optional.of("it must have at least " + DIFFERENT + " different characters.");
        }
        if (text.toLowerCase(Locale.ROOT).contains(userName.toLowerCase(Locale.ROOT))) {
            return Optional.of("it must not contain the user's name.");
        }
        return Optional.empty();
    }
}
