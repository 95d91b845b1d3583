package io.gyre.api.console;

import io.gyre.rpc.Digests;
import io.gyre.secret.SecretText;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** 256 random bits by which a browser or a link is known again. What is kept of it is its hash: nobody finds it by that. */
record ConsoleToken(SecretText text) {
    private static final int BYTES = 32;
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{43}");
    private static final SecureRandom RANDOM = new SecureRandom();

    static ConsoleToken make() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return new ConsoleToken(SecretText.of(base64(bytes)));
    }

    /** Empty for what cannot be one. */
    static Optional<ConsoleToken> of(@Nullable String given) {
        return given != null && FORM.matcher(given).matches()
                ? Optional.of(new ConsoleToken(SecretText.of(given)))
                : Optional.empty();
    }

    /** SHA-256, in hexadecimal. */
    String hash() {
        return Digests.sha256Hex(text.revealBytes());
    }

    /** What each form of its session carries: who sees a page's source learns nothing of the token. */
    SecretText formToken() {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(text.revealBytes(), "HmacSHA256"));
            return SecretText.of(base64(mac.doFinal("form of the console".getBytes(StandardCharsets.UTF_8))));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has HmacSHA256", e);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
