package io.gyre.api.webhooks;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.gyre.api.access.Installation;
import io.gyre.api.outgoing.OutgoingAnswer;
import io.gyre.rpc.AccessKey;
import io.gyre.secret.SecretText;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** What operators do with webhooks. */
@ApplicationScoped
public class WebhookDesk {
    /** Each event is sent to each of them that wants it. */
    public static final int MOST = 50;

    /** The type of the event that a test sends. */
    public static final String TEST_TYPE = "io.gyre.webhook.test.v1";

    private final Mutiny.SessionFactory sessions;
    private final WebhookStore webhooks;
    private final DeliveryStore deliveries;
    private final WebhookSecrets secrets;
    private final WebhookCalls calls;
    private final String source;

    WebhookDesk(
            Mutiny.SessionFactory sessions,
            WebhookStore webhooks,
            DeliveryStore deliveries,
            WebhookSecrets secrets,
            WebhookCalls calls,
            Installation installation) {
        this.sessions = sessions;
        this.webhooks = webhooks;
        this.deliveries = deliveries;
        this.secrets = secrets;
        this.calls = calls;
        this.source = "/gyre/" + installation.account();
    }

    /** A webhook with the secret that it has from now on, which is told here and never again. */
    public record Opened(Webhook webhook, SecretText secret) {}

    private record Trial(Webhook webhook, List<WebhookSecret> secrets, long seconds) {}

    /** @return empty where there are {@link #MOST} */
    public Uni<Optional<Opened>> create(AccessKey caller, NewWebhook wanted) {
        UUID id = UUID.randomUUID();
        return sessions.withStatelessTransaction(session -> webhooks.add(
                        session, id, caller.accountId(), wanted, caller.id(), MOST)
                .chain(added ->
                        added ? opened(session, caller, id) : Uni.createFrom().item(Optional.empty())));
    }

    /** @return empty where there is no such webhook */
    public Uni<Optional<Opened>> rotateSecret(AccessKey caller, UUID id) {
        return sessions.withStatelessTransaction(session -> webhooks.take(session, caller.accountId(), id)
                .chain(there ->
                        there ? opened(session, caller, id) : Uni.createFrom().item(Optional.empty())));
    }

    private Uni<Optional<Opened>> opened(Mutiny.StatelessSession session, AccessKey caller, UUID id) {
        return secrets.make(session, id).chain(secret -> webhooks.find(session, caller.accountId(), id)
                .map(found -> Optional.ofNullable(found).map(webhook -> new Opened(webhook, secret))));
    }

    public Uni<List<Webhook>> all(AccessKey caller) {
        return sessions.withStatelessSession(session -> webhooks.all(session, caller.accountId()));
    }

    public Uni<@Nullable Webhook> find(AccessKey caller, UUID id) {
        return sessions.withStatelessSession(session -> webhooks.find(session, caller.accountId(), id));
    }

    public Uni<Void> delete(AccessKey caller, UUID id) {
        return sessions.withStatelessTransaction(session -> webhooks.delete(session, caller.accountId(), id));
    }

    /** @return false for one that is disabled, or not there */
    public Uni<Boolean> pause(AccessKey caller, UUID id) {
        return sessions.withStatelessTransaction(
                session -> webhooks.pause(session, caller.accountId(), id, "AccessKey " + caller.id() + " paused it."));
    }

    /** @return false for one that is not there */
    public Uni<Boolean> resume(AccessKey caller, UUID id) {
        return sessions.withStatelessTransaction(session ->
                webhooks.resume(session, caller.accountId(), id, "AccessKey " + caller.id() + " resumed it."));
    }

    /** The latest that failed. */
    public Uni<List<FailedDelivery>> failed(Webhook webhook, int limit) {
        return sessions.withStatelessSession(session -> deliveries.listFailed(session, webhook.id(), limit));
    }

    /** @return false where none of the webhook's that failed is it */
    public Uni<Boolean> replay(Webhook webhook, UUID delivery) {
        return sessions.withStatelessTransaction(session -> deliveries.replay(session, webhook.id(), delivery));
    }

    /** Sends an event of a type of its own now, whatever the webhook's state and types are; it is not tried again. */
    public Uni<OutgoingAnswer> test(Webhook webhook) {
        return sessions.withStatelessSession(session -> secrets.valid(session, webhook.id())
                        .chain(valid -> webhooks.seconds(session).map(seconds -> new Trial(webhook, valid, seconds))))
                .chain(this::test);
    }

    private Uni<OutgoingAnswer> test(Trial trial) {
        String id = UUID.randomUUID().toString();
        return calls.send(trial.webhook().url(), trial.secrets(), id, trial.seconds(), testEvent(trial, id));
    }

    private String testEvent(Trial trial, String id) {
        String webhook = trial.webhook().id().toString();
        return JsonNodeFactory.instance
                .objectNode()
                .put("specversion", "1.0")
                .put("id", id)
                .put("source", source)
                .put("type", TEST_TYPE)
                .put("subject", webhook)
                .put("time", Instant.ofEpochSecond(trial.seconds()).toString())
                .put("datacontenttype", "application/json")
                .set("data", JsonNodeFactory.instance.objectNode().put("webhookId", webhook))
                .toString();
    }

    /** In a few words, for people. */
    public static String told(OutgoingAnswer answer) {
        return WebhookCalls.told(answer);
    }
}
