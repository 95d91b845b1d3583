package io.gyre.api.webhooks;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** The rows of {@code webhook} and {@code webhook_secret}. */
@ApplicationScoped
class WebhookStore {
    /** Two that are added at the same moment may both find room for one. */
    private static final String ADD = """
            INSERT INTO webhook (webhook_id, account_id, name, url, event_types, state, reason, created_by)
            SELECT CAST(:webhook AS uuid), :account, :name, :url, string_to_array(:types, ','), 'Active', 'It was made.', :by
             WHERE (SELECT count(*) FROM webhook WHERE account_id = :account) < :most
            """;

    private static final String ALL = """
            SELECT w.webhook_id, w.name, w.url, array_to_string(w.event_types, ',') AS event_types, w.state, w.reason,
                   w.failing_since, w.created_by, w.created_at,
                   (SELECT count(*) FROM webhook_delivery d
                     WHERE d.webhook_id = w.webhook_id AND d.next_at IS NOT NULL) AS waiting,
                   (SELECT count(*) FROM webhook_delivery d
                     WHERE d.webhook_id = w.webhook_id AND d.failed_at IS NOT NULL) AS failed
              FROM webhook w
             WHERE w.account_id = :account AND (:webhook = '' OR CAST(w.webhook_id AS text) = :webhook)
             ORDER BY w.created_at, w.webhook_id
            """;

    private static final String DELETE =
            "DELETE FROM webhook WHERE account_id = :account AND webhook_id = CAST(:webhook AS uuid)";

    private static final String PAUSE = """
            UPDATE webhook SET state = 'Paused', reason = :reason
             WHERE account_id = :account AND webhook_id = CAST(:webhook AS uuid) AND state <> 'Disabled'
            """;

    private static final String RESUME = """
            UPDATE webhook SET state = 'Active', reason = :reason, failing_since = NULL, failure_told = false
             WHERE account_id = :account AND webhook_id = CAST(:webhook AS uuid)
            """;

    private static final String DISABLE = """
            UPDATE webhook SET state = 'Disabled', reason = :reason
             WHERE webhook_id = CAST(:webhook AS uuid) AND state <> 'Disabled'
            """;

    private static final String SUCCEEDS = """
            UPDATE webhook SET failing_since = NULL, failure_told = false
             WHERE webhook_id = CAST(:webhook AS uuid) AND failing_since IS NOT NULL
            """;

    private static final String FAILS = """
            UPDATE webhook SET failing_since = clock_timestamp()
             WHERE webhook_id = CAST(:webhook AS uuid) AND failing_since IS NULL
            """;

    private static final String TELL_FAILURE = """
            UPDATE webhook SET failure_told = true
             WHERE webhook_id = CAST(:webhook AS uuid) AND NOT failure_told
               AND failing_since < clock_timestamp() - CAST(:seconds AS bigint) * interval '1 second'
            """;

    private static final String TAKE = """
            SELECT CAST(webhook_id AS text) FROM webhook
             WHERE account_id = :account AND webhook_id = CAST(:webhook AS uuid) FOR UPDATE
            """;

    private static final String ADD_SECRET = """
            INSERT INTO webhook_secret (secret_id, webhook_id, sealed)
            VALUES (:secret, CAST(:webhook AS uuid), :sealed)
            """;

    private static final String FORGET_FORMER_SECRETS =
            "DELETE FROM webhook_secret WHERE webhook_id = CAST(:webhook AS uuid) AND valid_until IS NOT NULL";

    private static final String END_SECRET = """
            UPDATE webhook_secret SET valid_until = clock_timestamp() + CAST(:seconds AS bigint) * interval '1 second'
             WHERE webhook_id = CAST(:webhook AS uuid) AND valid_until IS NULL
            """;

    private static final String SECRETS = """
            SELECT secret_id, sealed FROM webhook_secret
             WHERE webhook_id = CAST(:webhook AS uuid)
               AND (valid_until IS NULL OR valid_until > statement_timestamp())
             ORDER BY valid_until NULLS FIRST
            """;

    private static final String FORGET_ENDED_SECRETS =
            "DELETE FROM webhook_secret WHERE valid_until <= statement_timestamp()";

    private static final String SECONDS = "SELECT CAST(floor(extract(epoch FROM statement_timestamp())) AS bigint)";

    /** A secret as it is stored. */
    @SuppressWarnings("ArrayRecordComponent") // Carried from a row to the cipher, never compared.
    record SealedSecret(String id, byte[] sealed) {}

    /** @return whether there was room for it */
    Uni<Boolean> add(
            Mutiny.StatelessSession session, UUID webhook, String account, NewWebhook wanted, String by, long most) {
        return session.createNativeQuery(ADD)
                .setParameter("webhook", webhook.toString())
                .setParameter("account", account)
                .setParameter("name", wanted.name())
                .setParameter("url", wanted.address().url().toString())
                .setParameter("types", String.join(",", wanted.eventTypes()))
                .setParameter("by", by)
                .setParameter("most", most)
                .executeUpdate()
                .map(added -> added > 0);
    }

    /** In the order in which they were made. */
    Uni<List<Webhook>> all(Mutiny.StatelessSession session, String account) {
        return found(session, account, "");
    }

    Uni<@Nullable Webhook> find(Mutiny.StatelessSession session, String account, UUID webhook) {
        return found(session, account, webhook.toString()).map(rows -> rows.isEmpty() ? null : rows.get(0));
    }

    private static Uni<List<Webhook>> found(Mutiny.StatelessSession session, String account, String webhook) {
        return session.createNativeQuery(ALL, Tuple.class)
                .setParameter("account", account)
                .setParameter("webhook", webhook)
                .getResultList()
                .map(rows -> rows.stream().map(WebhookStore::webhook).toList());
    }

    /** With its secrets and deliveries. */
    Uni<Void> delete(Mutiny.StatelessSession session, String account, UUID webhook) {
        return session.createNativeQuery(DELETE)
                .setParameter("account", account)
                .setParameter("webhook", webhook.toString())
                .executeUpdate()
                .replaceWithVoid();
    }

    /** @return false for one that is disabled, or not there */
    Uni<Boolean> pause(Mutiny.StatelessSession session, String account, UUID webhook, String reason) {
        return ordered(session, PAUSE, account, webhook, reason);
    }

    /** @return false for one that is not there */
    Uni<Boolean> resume(Mutiny.StatelessSession session, String account, UUID webhook, String reason) {
        return ordered(session, RESUME, account, webhook, reason);
    }

    private static Uni<Boolean> ordered(
            Mutiny.StatelessSession session, String sql, String account, UUID webhook, String reason) {
        return session.createNativeQuery(sql)
                .setParameter("account", account)
                .setParameter("webhook", webhook.toString())
                .setParameter("reason", reason)
                .executeUpdate()
                .map(changed -> changed > 0);
    }

    /** @return whether it was not before */
    Uni<Boolean> disable(Mutiny.StatelessSession session, UUID webhook, String reason) {
        return session.createNativeQuery(DISABLE)
                .setParameter("webhook", webhook.toString())
                .setParameter("reason", reason)
                .executeUpdate()
                .map(changed -> changed > 0);
    }

    Uni<Void> succeeds(Mutiny.StatelessSession session, UUID webhook) {
        return changed(session, SUCCEEDS, webhook);
    }

    Uni<Void> fails(Mutiny.StatelessSession session, UUID webhook) {
        return changed(session, FAILS, webhook);
    }

    /** @return whether it has failed for so long, and nobody was told yet */
    Uni<Boolean> takeFailureToTell(Mutiny.StatelessSession session, UUID webhook, Duration longerThan) {
        return session.createNativeQuery(TELL_FAILURE)
                .setParameter("webhook", webhook.toString())
                .setParameter("seconds", longerThan.toSeconds())
                .executeUpdate()
                .map(told -> told > 0);
    }

    /** @return whether it is there; nobody else changes it until the transaction ends */
    Uni<Boolean> take(Mutiny.StatelessSession session, String account, UUID webhook) {
        return session.createNativeQuery(TAKE, String.class)
                .setParameter("account", account)
                .setParameter("webhook", webhook.toString())
                .getResultList()
                .map(rows -> !rows.isEmpty());
    }

    Uni<Void> addSecret(Mutiny.StatelessSession session, UUID webhook, String secretId, byte[] sealed) {
        return session.createNativeQuery(ADD_SECRET)
                .setParameter("secret", secretId)
                .setParameter("webhook", webhook.toString())
                .setParameter("sealed", sealed)
                .executeUpdate()
                .replaceWithVoid();
    }

    /** The current one is the former one from now on, in place of one that was that until now. */
    Uni<Void> endSecret(Mutiny.StatelessSession session, UUID webhook, Duration validFor) {
        return changed(session, FORGET_FORMER_SECRETS, webhook).chain(() -> session.createNativeQuery(END_SECRET)
                .setParameter("webhook", webhook.toString())
                .setParameter("seconds", validFor.toSeconds())
                .executeUpdate()
                .replaceWithVoid());
    }

    /** Those that are valid, the current one first. */
    Uni<List<SealedSecret>> secrets(Mutiny.StatelessSession session, UUID webhook) {
        return session.createNativeQuery(SECRETS, Tuple.class)
                .setParameter("webhook", webhook.toString())
                .getResultList()
                .map(rows -> rows.stream()
                        .map(row ->
                                new SealedSecret(row.get("secret_id", String.class), row.get("sealed", byte[].class)))
                        .toList());
    }

    Uni<Void> forgetEndedSecrets(Mutiny.StatelessSession session) {
        return session.createNativeQuery(FORGET_ENDED_SECRETS).executeUpdate().replaceWithVoid();
    }

    /** PostgreSQL's time, in seconds since 1970. */
    Uni<Long> seconds(Mutiny.StatelessSession session) {
        return session.createNativeQuery(SECONDS, Long.class).getSingleResult();
    }

    private static Uni<Void> changed(Mutiny.StatelessSession session, String sql, UUID webhook) {
        return session.createNativeQuery(sql)
                .setParameter("webhook", webhook.toString())
                .executeUpdate()
                .replaceWithVoid();
    }

    private static Webhook webhook(Tuple row) {
        Object failingSince = row.get("failing_since");
        return new Webhook(
                row.get("webhook_id", UUID.class),
                row.get("name", String.class),
                row.get("url", String.class),
                Stream.of(row.get("event_types", String.class).split(",", -1))
                        .filter(type -> !type.isEmpty())
                        .toList(),
                row.get("state", String.class),
                row.get("reason", String.class),
                failingSince == null ? null : instant(failingSince),
                row.get("waiting", Long.class),
                row.get("failed", Long.class),
                row.get("created_by", String.class),
                instant(row.get("created_at")));
    }

    /** Without a mapped column beside it, a timestamp arrives as the driver has it. */
    static Instant instant(Object value) {
        return ((OffsetDateTime) value).toInstant();
    }
}
