package io.gyre.api.webhooks;

import io.gyre.api.rootkey.CurrentRootKey;
import io.gyre.envelope.Envelope;
import io.gyre.secret.SecretText;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;

/** The secrets of webhooks: sealed as soon as they are made, and opened for a signature alone. */
@ApplicationScoped
class WebhookSecrets {
    /** So long a receiver may take to learn the new one. */
    static final Duration FORMER_VALID_FOR = Duration.ofHours(24);

    private final WebhookStore store;
    private final CurrentRootKey rootKey;
    private final Envelope envelope;

    WebhookSecrets(WebhookStore store, CurrentRootKey rootKey, Envelope envelope) {
        this.store = store;
        this.rootKey = rootKey;
        this.envelope = envelope;
    }

    /** Makes one in place of the current one, if any, which stays valid for a day beside it. */
    Uni<SecretText> make(Mutiny.StatelessSession session, UUID webhook) {
        WebhookSecret made = WebhookSecret.generate();
        String id = UUID.randomUUID().toString();
        return store.endSecret(session, webhook, FORMER_VALID_FOR)
                .chain(() -> rootKey.forSealing(session))
                .chain(under ->
                        store.addSecret(session, webhook, id, envelope.sealWebhookSecret(under, id, made.text())))
                .replaceWith(made.text());
    }

    /** Those that are valid, the current one first. */
    Uni<List<WebhookSecret>> valid(Mutiny.StatelessSession session, UUID webhook) {
        return store.secrets(session, webhook).map(secrets -> secrets.stream()
                .map(secret -> new WebhookSecret(envelope.openWebhookSecret(secret.id(), secret.sealed())))
                .toList());
    }
}
