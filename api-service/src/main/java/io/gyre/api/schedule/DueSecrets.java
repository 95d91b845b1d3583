package io.gyre.api.schedule;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.schedule.CatchUp;
import io.gyre.schedule.Policy;
import io.gyre.store.Secret;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** Hands out what is due. What another process is at work on is passed over, not waited for. */
@ApplicationScoped
class DueSecrets {
    /**
     * The longest overdue first. What is handed out is out of the other processes' sight for a minute of the wall clock: a process
     * that dies with it delays it by no more. The calendar is read once, so that the index secret_begins bounds the scan; what is
     * found is then looked up as an array of ids, and its rotation by the index, whatever the planner believes of their number.
     */
    static final String TAKE = """
            WITH moment AS MATERIALIZED (SELECT calendar_now() AS now, speed FROM calendar),
            due AS MATERIALIZED (
                SELECT secret_id
                FROM secret
                WHERE begins_at <= (SELECT now FROM moment)
                ORDER BY begins_at
                LIMIT :batch
                FOR NO KEY UPDATE SKIP LOCKED)
            UPDATE secret s
            SET begins_at = m.now + interval '1 minute' * m.speed
            FROM moment m
            WHERE s.secret_id = ANY (ARRAY(SELECT secret_id FROM due))
            RETURNING s.secret_id, s.arn, s.begins_at, s.rotation_interval_seconds, s.next_rotation_at, s.planned_at,
                s.window_cron, s.window_zone, s.window_seconds, s.held_since, m.now, m.speed,
                (SELECT k.key_state = 'Enabled' AND instance_usable(i.expires_at)
                 FROM kms_key k JOIN kms_instance i USING (instance_id) WHERE k.key_id = s.key_id) AS usable,
                (SELECT r.secret_id FROM rotation r WHERE r.secret_id = s.secret_id AND r.ended_at IS NULL) IS NOT NULL AS rotating
            """;

    /**
     * Only what is still this process's to put off: a plan that was changed meanwhile stays. A row that is locked is left as it was handed
     * out: to wait for many rows, in whichever order, is what two processes must not do to each other.
     */
    private static final String PUT_OFF = """
            WITH given AS MATERIALIZED (
                SELECT * FROM jsonb_to_recordset(CAST(CAST(:putOff AS text) AS jsonb))
                    AS p (secret_id bigint, taken timestamptz, until timestamptz, held_by text, now timestamptz)),
            own AS MATERIALIZED (
                SELECT s.secret_id
                FROM secret s JOIN given p ON s.secret_id = p.secret_id AND s.begins_at = p.taken
                FOR NO KEY UPDATE OF s SKIP LOCKED)
            UPDATE secret s
            SET begins_at = p.until, held_by = p.held_by,
                held_since = CASE WHEN p.held_by IS NOT NULL THEN coalesce(s.held_since, p.now) END
            FROM given p
            WHERE s.secret_id = p.secret_id AND s.secret_id = ANY (ARRAY(SELECT secret_id FROM own))
            """;

    private static final String LOCK_IF_TAKEN = "SELECT " + Secret.COLUMNS + """

            FROM secret s
            WHERE secret_id = :secret AND begins_at = :taken
              AND (SELECT k.key_state = 'Enabled' AND instance_usable(i.expires_at)
                   FROM kms_key k JOIN kms_instance i USING (instance_id) WHERE k.key_id = s.key_id)
            FOR UPDATE SKIP LOCKED
            """;

    private static final String LET_GO =
            "UPDATE secret SET held_by = NULL, held_since = NULL WHERE secret_id = :secret AND held_by IS NOT NULL";

    /** A row that is locked begins at once. */
    static final String CATCH_UP = """
            UPDATE secret
            SET begins_at = CAST(:now AS timestamptz)
                + greatest(begins_at - CAST(:from AS timestamptz), interval '0') * CAST(:pace AS double precision)
            WHERE secret_id IN (
                SELECT secret_id FROM secret
                WHERE begins_at <= CAST(:now AS timestamptz)
                FOR NO KEY UPDATE SKIP LOCKED)
            """;

    /** Told of before it is done: the event has the secret as it was. */
    static final String TELL_PAST = """
            WITH past AS MATERIALIZED (
                SELECT secret_id
                FROM secret
                WHERE deletion_planned_at <= (SELECT calendar_now())
                LIMIT :batch
                FOR UPDATE SKIP LOCKED)
            SELECT past.secret_id
            FROM past, LATERAL tell_secret(past.secret_id, 'io.gyre.secret.deleted.v1', NULL) AS told
            """;

    private static final String DELETE = "DELETE FROM secret WHERE secret_id IN (:secrets)";

    /** What is due now, to begin it or to put it off. */
    Uni<List<DueSecret>> take(Mutiny.StatelessSession session, int batch) {
        return session.createNativeQuery(TAKE, Tuple.class)
                .setParameter("batch", batch)
                .getResultList()
                .map(rows -> rows.stream().map(DueSecrets::dueSecret).toList());
    }

    Uni<Void> putOff(Mutiny.StatelessSession session, List<PutOff> those) {
        if (those.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        ArrayNode rows = JsonNodeFactory.instance.arrayNode();
        those.forEach(each -> rows.add(row(each)));
        return session.createNativeQuery(PUT_OFF)
                .setParameter("putOff", rows.toString())
                .executeUpdate()
                .replaceWithVoid();
    }

    /** The secret with its row locked; null where its plan was changed meanwhile, or someone else has locked it. */
    Uni<@Nullable Secret> lock(Mutiny.StatelessSession session, DueSecret due) {
        return session.createNativeQuery(LOCK_IF_TAKEN, Secret.class)
                .setParameter("secret", due.secretId())
                .setParameter("taken", due.taken())
                .getSingleResultOrNull();
    }

    /** Nothing keeps it any more. */
    Uni<Void> letGo(Mutiny.StatelessSession session, DueSecret due) {
        return session.createNativeQuery(LET_GO)
                .setParameter("secret", due.secretId())
                .executeUpdate()
                .replaceWithVoid();
    }

    /** Spreads what was to begin and did not; @return how many */
    Uni<Integer> catchUp(Mutiny.StatelessSession session, CatchUp catchUp) {
        return session.createNativeQuery(CATCH_UP)
                .setParameter("now", catchUp.now())
                .setParameter("from", catchUp.from())
                .setParameter("pace", catchUp.pace())
                .executeUpdate();
    }

    /** Deletes secrets whose recovery window has passed; @return how many. */
    Uni<Integer> deletePast(Mutiny.StatelessSession session, int batch) {
        return session.createNativeQuery(TELL_PAST, Long.class)
                .setParameter("batch", batch)
                .getResultList()
                .chain(past -> past.isEmpty()
                        ? Uni.createFrom().item(0)
                        : session.createNativeQuery(DELETE)
                                .setParameter("secrets", past)
                                .executeUpdate());
    }

    private static DueSecret dueSecret(Tuple row) {
        return new DueSecret(
                row.get("secret_id", Long.class),
                time(row, "begins_at"),
                new Policy(
                        row.get("arn", String.class),
                        Duration.ofSeconds(row.get("rotation_interval_seconds", Long.class)),
                        time(row, "next_rotation_at"),
                        time(row, "planned_at"),
                        CronWindow.stored(
                                row.get("window_cron", String.class),
                                row.get("window_zone", String.class),
                                row.get("window_seconds", Long.class))),
                row.get("usable", Boolean.class),
                row.get("rotating", Boolean.class),
                row.get("held_since") == null ? null : time(row, "held_since"),
                time(row, "now"),
                row.get("speed", Double.class));
    }

    private static ObjectNode row(PutOff each) {
        Hold hold = each.hold();
        return JsonNodeFactory.instance
                .objectNode()
                .put("secret_id", each.secret().secretId())
                .put("taken", each.secret().taken().toString())
                .put("until", each.until().toString())
                .put("held_by", hold == null ? null : hold.label())
                .put("now", each.secret().now().toString());
    }

    private static Instant time(Tuple row, String column) {
        return row.get(column, OffsetDateTime.class).toInstant();
    }
}
