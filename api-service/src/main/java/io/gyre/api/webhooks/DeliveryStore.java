package io.gyre.api.webhooks;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;

/** The rows of {@code webhook_delivery}; what makes them is the outbox. */
@ApplicationScoped
class DeliveryStore {
    /** Those whose oldest has waited longest come first. */
    private static final String WEBHOOKS_WITH_DUE = """
            SELECT w.webhook_id
              FROM webhook w
             CROSS JOIN LATERAL (
                SELECT min(next_at) AS first FROM webhook_delivery
                 WHERE webhook_id = w.webhook_id AND next_at <= statement_timestamp()) AS due
             WHERE w.state = 'Active' AND due.first IS NOT NULL
             ORDER BY due.first
            """;

    private static final String TAKE = """
            WITH due AS (
                SELECT d.delivery_id, d.next_at, w.url
                  FROM webhook_delivery d JOIN webhook w USING (webhook_id)
                 WHERE d.webhook_id = CAST(:webhook AS uuid) AND d.next_at <= statement_timestamp() AND w.state = 'Active'
                 ORDER BY d.next_at, d.created_at LIMIT :most FOR UPDATE OF d SKIP LOCKED),
            taken AS (
                UPDATE webhook_delivery d
                   SET attempts = d.attempts + 1,
                       next_at = clock_timestamp() + CAST(:seconds AS bigint) * interval '1 second'
                  FROM due
                 WHERE d.delivery_id = due.delivery_id
                RETURNING d.delivery_id, d.webhook_id, due.url, d.event_id, d.body, d.attempts, d.created_at,
                          due.next_at AS was_due)
            SELECT delivery_id, webhook_id, url, event_id, body, attempts,
                   CAST(floor(extract(epoch FROM statement_timestamp())) AS bigint) AS timestamp
              FROM taken ORDER BY was_due, created_at
            """;

    private static final String DELIVERED = "DELETE FROM webhook_delivery WHERE delivery_id = CAST(:delivery AS uuid)";

    private static final String AGAIN = """
            UPDATE webhook_delivery
               SET next_at = clock_timestamp() + CAST(:millis AS bigint) * interval '1 millisecond', last_answer = :answer
             WHERE delivery_id = CAST(:delivery AS uuid) AND next_at IS NOT NULL
            """;

    private static final String FAILED = """
            UPDATE webhook_delivery SET next_at = NULL, failed_at = clock_timestamp(), last_answer = :answer
             WHERE delivery_id = CAST(:delivery AS uuid) AND next_at IS NOT NULL
            """;

    private static final String ALL_FAILED = """
            UPDATE webhook_delivery SET next_at = NULL, failed_at = clock_timestamp(), last_answer = :answer
             WHERE webhook_id = CAST(:webhook AS uuid) AND next_at IS NOT NULL
            """;

    private static final String LIST_FAILED = """
            SELECT delivery_id, event_id, event_type, attempts, last_answer, failed_at
              FROM webhook_delivery
             WHERE webhook_id = CAST(:webhook AS uuid) AND failed_at IS NOT NULL
             ORDER BY failed_at DESC, delivery_id LIMIT :limit
            """;

    private static final String REPLAY = """
            UPDATE webhook_delivery SET attempts = 0, next_at = clock_timestamp(), failed_at = NULL
             WHERE webhook_id = CAST(:webhook AS uuid) AND delivery_id = CAST(:delivery AS uuid) AND failed_at IS NOT NULL
            """;

    /** One that waits may be as old: its webhook is paused. */
    private static final String FORGET_OLD = """
            DELETE FROM webhook_delivery
             WHERE created_at < statement_timestamp() - CAST(:seconds AS bigint) * interval '1 second'
               AND (failed_at IS NULL
                    OR failed_at < statement_timestamp() - CAST(:seconds AS bigint) * interval '1 second')
            """;

    /** Webhooks that something is to be sent to now. */
    Uni<List<UUID>> webhooksWithDue(Mutiny.StatelessSession session) {
        return session.createNativeQuery(WEBHOOKS_WITH_DUE, UUID.class).getResultList();
    }

    /**
     * Takes what is due of a webhook, in the order in which it came due. A process that dies meanwhile leaves it to the others after the
     * lease.
     */
    Uni<List<DueDelivery>> take(Mutiny.StatelessSession session, UUID webhook, int most, Duration lease) {
        return session.createNativeQuery(TAKE, Tuple.class)
                .setParameter("webhook", webhook.toString())
                .setParameter("most", most)
                .setParameter("seconds", lease.toSeconds())
                .getResultList()
                .map(rows -> rows.stream()
                        .map(row -> new DueDelivery(
                                row.get("delivery_id", UUID.class),
                                row.get("webhook_id", UUID.class),
                                row.get("url", String.class),
                                row.get("event_id", UUID.class),
                                row.get("body", String.class),
                                row.get("attempts", Integer.class),
                                row.get("timestamp", Long.class)))
                        .toList());
    }

    Uni<Void> delivered(Mutiny.StatelessSession session, UUID delivery) {
        return session.createNativeQuery(DELIVERED)
                .setParameter("delivery", delivery.toString())
                .executeUpdate()
                .replaceWithVoid();
    }

    Uni<Void> again(Mutiny.StatelessSession session, UUID delivery, Duration wait, String answer) {
        return session.createNativeQuery(AGAIN)
                .setParameter("delivery", delivery.toString())
                .setParameter("millis", wait.toMillis())
                .setParameter("answer", answer)
                .executeUpdate()
                .replaceWithVoid();
    }

    Uni<Void> failed(Mutiny.StatelessSession session, UUID delivery, String answer) {
        return session.createNativeQuery(FAILED)
                .setParameter("delivery", delivery.toString())
                .setParameter("answer", answer)
                .executeUpdate()
                .replaceWithVoid();
    }

    Uni<Void> allFailed(Mutiny.StatelessSession session, UUID webhook, String answer) {
        return session.createNativeQuery(ALL_FAILED)
                .setParameter("webhook", webhook.toString())
                .setParameter("answer", answer)
                .executeUpdate()
                .replaceWithVoid();
    }

    /** The latest first. */
    Uni<List<FailedDelivery>> listFailed(Mutiny.StatelessSession session, UUID webhook, int limit) {
        return session.createNativeQuery(LIST_FAILED, Tuple.class)
                .setParameter("webhook", webhook.toString())
                .setParameter("limit", limit)
                .getResultList()
                .map(rows -> rows.stream()
                        .map(row -> new FailedDelivery(
                                row.get("delivery_id", UUID.class),
                                row.get("event_id", UUID.class),
                                row.get("event_type", String.class),
                                row.get("attempts", Integer.class),
                                row.get("last_answer", String.class),
                                WebhookStore.instant(row.get("failed_at"))))
                        .toList());
    }

    /** @return false where there is none that failed */
    Uni<Boolean> replay(Mutiny.StatelessSession session, UUID webhook, UUID delivery) {
        return session.createNativeQuery(REPLAY)
                .setParameter("webhook", webhook.toString())
                .setParameter("delivery", delivery.toString())
                .executeUpdate()
                .map(changed -> changed > 0);
    }

    Uni<Void> forgetOld(Mutiny.StatelessSession session, Duration kept) {
        return session.createNativeQuery(FORGET_OLD)
                .setParameter("seconds", kept.toSeconds())
                .executeUpdate()
                .replaceWithVoid();
    }
}
