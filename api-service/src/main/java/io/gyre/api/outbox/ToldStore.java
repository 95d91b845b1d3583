package io.gyre.api.outbox;

import io.gyre.event.RotateSecretFailed;
import io.gyre.event.RotateSecretSucceeded;
import io.gyre.store.OutboxRecord;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;

/** What was told of rotations and secrets, as PostgreSQL keeps it: the events of {@code gyre.rotation.events} once more. */
@ApplicationScoped
class ToldStore {
    /**
     * In the order in which they were written: a timeline's entries, behind each last one CloudMonitor's event, and the changes of
     * secrets. The place of an event is twice its position, and one more for CloudMonitor's. Each part walks its own index on
     * positions.
     */
    private static final String PAGE = """
            WITH asked AS MATERIALIZED (
                SELECT CAST(:after AS bigint) AS place, CAST(:since AS timestamptz) AS since,
                       CAST(:until AS timestamptz) AS until, CAST(:secret AS text) AS secret),
            steps AS MATERIALIZED (
                SELECT p.*, r.secret_arn, r.secret_sub_type, r.trigger, r.candidate_version, r.target, s.name, s.secret_type
                  FROM asked, rotation_step p JOIN rotation r USING (rotation_id) JOIN secret s USING (secret_id)
                 WHERE p.position >= asked.place / 2 AND p.at_wall >= asked.since AND p.at_wall < asked.until
                   AND (asked.secret IS NULL OR r.secret_arn = asked.secret)
                 ORDER BY p.position LIMIT :limit + 1),
            changes AS MATERIALIZED (
                SELECT c.*
                  FROM asked, secret_change c
                 WHERE c.position >= asked.place / 2 AND c.at_wall >= asked.since AND c.at_wall < asked.until
                   AND (asked.secret IS NULL OR c.secret_arn = asked.secret)
                 ORDER BY c.position LIMIT :limit + 1),
            told AS (
                SELECT 2 * position AS place, event_id, event_type, NULL::text AS event_source, at_wall, secret_arn,
                       stepped_event(rotation_id, step, secret_arn, name, secret_type, trigger, candidate_version, phase,
                           state, note, finding, worker, told_time(at), told_time(at_wall)) AS data
                  FROM steps
                UNION ALL
                SELECT 2 * position + 1, id, CASE state WHEN 'Succeeded' THEN :success ELSE :failure END, 'acs.kms', at_wall,
                       secret_arn,
                       monitored_event(id, secret_arn, name, secret_type, secret_sub_type, target, state,
                           coalesce(finding, note), automatic_rotation, at_wall)
                  FROM steps, monitored_id(event_id) AS id
                 WHERE automatic_rotation IS NOT NULL
                UNION ALL
                SELECT 2 * position, event_id, event_type, NULL, at_wall, secret_arn, data FROM changes)
            SELECT t.place, t.event_id, t.event_type, t.event_source, t.at_wall, t.secret_arn, CAST(t.data AS text) AS data
              FROM told t, asked WHERE t.place > asked.place ORDER BY t.place LIMIT :limit
            """;

    private static final String COUNT = """
            SELECT (SELECT count(*) + count(p.automatic_rotation)
                      FROM rotation_step p JOIN rotation r USING (rotation_id)
                     WHERE p.at_wall >= :since AND p.at_wall < :until
                       AND (CAST(:secret AS text) IS NULL OR r.secret_arn = CAST(:secret AS text)))
                 + (SELECT count(*) FROM secret_change c
                     WHERE c.at_wall >= :since AND c.at_wall < :until
                       AND (CAST(:secret AS text) IS NULL OR c.secret_arn = CAST(:secret AS text)))
            """;

    /** An event and its place. */
    record Told(long place, OutboxRecord record) {}

    /**
     * The next events.
     *
     * @param topic into which they are to go
     * @param after the place of the last one before; 0 for the first ones
     */
    Uni<List<Told>> page(Mutiny.StatelessSession session, String topic, History history, long after, int limit) {
        return session.createNativeQuery(PAGE, Tuple.class)
                .setParameter("after", after)
                .setParameter("since", history.since())
                .setParameter("until", history.until())
                .setParameter("secret", history.secretArn())
                .setParameter("success", RotateSecretSucceeded.TYPE)
                .setParameter("failure", RotateSecretFailed.TYPE)
                .setParameter("limit", limit)
                .getResultList()
                .map(rows -> rows.stream().map(row -> told(topic, row)).toList());
    }

    Uni<Long> count(Mutiny.StatelessSession session, History history) {
        return session.createNativeQuery(COUNT, Long.class)
                .setParameter("since", history.since())
                .setParameter("until", history.until())
                .setParameter("secret", history.secretArn())
                .getSingleResult();
    }

    private static Told told(String topic, Tuple row) {
        OutboxRecord record = new OutboxRecord(
                topic,
                row.get("secret_arn", String.class),
                row.get("event_id", UUID.class),
                row.get("event_type", String.class),
                ((OffsetDateTime) row.get("at_wall")).toInstant(),
                row.get("data", String.class));
        return new Told(row.get("place", Long.class), record.from(row.get("event_source", String.class)));
    }
}
