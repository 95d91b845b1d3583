package io.gyre.api.webhooks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.gyre.secret.SecretText;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class WebhookSecretTest {
    private static final String ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    private static final long TIMESTAMP = 1614265330;
    private static final String BODY = "{\"test\": 2432232314}";

    /** The example that the reference libraries of Standard Webhooks are tested with. */
    private static final WebhookSecret PUBLISHED =
            new WebhookSecret(SecretText.of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"));

    private static final String SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

    @Test
    void thePublishedExampleIsSignedAsPublished() {
        assertEquals(SIGNATURE, WebhookSecret.header(List.of(PUBLISHED), ID, TIMESTAMP, BODY));
    }

    @Test
    void eachSecretSignsTheIdTheTimeAndTheBody() {
        assertNotEquals(SIGNATURE, WebhookSecret.header(List.of(PUBLISHED), "msg_other", TIMESTAMP, BODY));
        assertNotEquals(SIGNATURE, WebhookSecret.header(List.of(PUBLISHED), ID, TIMESTAMP + 1, BODY));
        assertNotEquals(SIGNATURE, WebhookSecret.header(List.of(PUBLISHED), ID, TIMESTAMP, BODY + " "));
        WebhookSecret other = WebhookSecret.generate();
        assertEquals(
                WebhookSecret.header(List.of(other), ID, TIMESTAMP, BODY) + " " + SIGNATURE,
                WebhookSecret.header(List.of(other, PUBLISHED), ID, TIMESTAMP, BODY));
    }

    @Test
    void aNewSecretHas32BytesAndIsNotPrinted() {
        WebhookSecret made = WebhookSecret.generate();
        String text = made.text().reveal();
        assertEquals("whsec_", text.substring(0, 6));
        assertEquals(32, Base64.getDecoder().decode(text.substring(6)).length);
        assertFalse(made.toString().contains(text), made.toString());
        assertNotEquals(text, WebhookSecret.generate().text().reveal());
    }
}
