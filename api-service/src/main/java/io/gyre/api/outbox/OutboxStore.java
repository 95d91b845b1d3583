package io.gyre.api.outbox;

import io.gyre.api.access.Installation;
import io.gyre.store.OutboxRecord;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny;

/** The rows of {@code outbox}, for the relay. */
@ApplicationScoped
class OutboxStore {
    /**
     * The relay's turn, for as long as the transaction lasts: one relay of all the processes sends at a time, so that
     * records leave in order. The number is Gyre's own ("gyreobx").
     */
    private static final String TAKE_TURN = "SELECT pg_try_advisory_xact_lock(x'677972656f6278'::bigint)";

    /** What of it a webhook wants waits there from then on, as the CloudEvent that it is sent; where there is none, nothing is written. */
    private static final String DELETE = """
            WITH sent AS (DELETE FROM outbox WHERE outbox_id IN (:sent) RETURNING *)
            INSERT INTO webhook_delivery (webhook_id, event_id, event_type, body)
            SELECT w.webhook_id, s.event_id, s.event_type,
                   CAST(jsonb_build_object(
                       'specversion', '1.0', 'id', s.event_id, 'source', coalesce(s.event_source, :source),
                       'type', s.event_type, 'subject', s.record_key, 'time', told_time(s.event_time),
                       'datacontenttype', 'application/json', 'data', s.data)
                       || CASE WHEN s.trace_parent IS NULL THEN jsonb_build_object()
                               ELSE jsonb_build_object('traceparent', s.trace_parent) END AS text)
              FROM sent s
              JOIN webhook w
                ON w.state <> 'Disabled'
               AND (cardinality(w.event_types) = 0
                    OR EXISTS (SELECT FROM unnest(w.event_types) AS wanted
                                WHERE wanted = s.event_type
                                   OR right(wanted, 2) = '.*' AND starts_with(s.event_type, left(wanted, -1))))
             WHERE s.topic IN ('gyre.rotation.events', 'gyre.instance.events')
             ORDER BY s.outbox_id
            """;

    private final String source;

    OutboxStore(Installation installation) {
        this.source = "/gyre/" + installation.account();
    }

    Uni<Boolean> takeTurn(Mutiny.StatelessSession session) {
        return session.createNativeQuery(TAKE_TURN, Boolean.class).getSingleResult();
    }

    /** The oldest records, in the order in which they were written. */
    Uni<List<OutboxRecord>> oldest(Mutiny.StatelessSession session, int limit) {
        return session.createSelectionQuery("from OutboxRecord order by outboxId", OutboxRecord.class)
                .setMaxResults(limit)
                .getResultList();
    }

    Uni<Void> delete(Mutiny.StatelessSession session, List<OutboxRecord> sent) {
        return session.createNativeQuery(DELETE)
                .setParameter("source", source)
                .setParameter("sent", sent.stream().map(OutboxRecord::outboxId).toList())
                .executeUpdate()
                .replaceWithVoid();
    }
}
