package io.gyre.api.webhooks;

import io.gyre.secret.SecretText;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What a webhook's bodies are signed with, by version 1 of the scheme of Standard Webhooks.
 *
 * @param text {@code whsec_} and the key in Base64, as receivers are given it
 */
record WebhookSecret(SecretText text) {
    private static final String PREFIX = "whsec_";
    private static final String ALGORITHM = "HmacSHA256";

    /** As long as what the algorithm makes of it. */
    private static final int BYTES = 32;

    private static final SecureRandom RANDOM = new SecureRandom();

    static WebhookSecret generate() {
        byte[] key = new byte[BYTES];
        RANDOM.nextBytes(key);
        return new WebhookSecret(SecretText.of(PREFIX + Base64.getEncoder().encodeToString(key)));
    }

    /**
     * The header {@code webhook-signature}: a signature by each secret, of which the receiver needs to know one.
     *
     * @param timestamp in seconds since 1970
     */
    static String header(List<WebhookSecret> secrets, String id, long timestamp, String body) {
        return secrets.stream()
                .map(secret -> secret.signature(id + '.' + timestamp + '.' + body))
                .collect(Collectors.joining(" "));
    }

    private String signature(String signed) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(
                    new SecretKeySpec(Base64.getDecoder().decode(text.reveal().substring(PREFIX.length())), ALGORITHM));
            return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JVM has " + ALGORITHM + ".", e);
        }
    }
}
