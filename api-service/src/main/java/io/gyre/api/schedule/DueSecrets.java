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
     * that dies with it delays it by no more. The calendar is read once, so that the index rotation_plan_begins bounds the scan; what
     * is found is then looked up as an array of ids, whatever the planner believes of their number.
     */
    static final String TAKE = """
            WITH moment AS MATERIALIZED (SELECT calendar_now() AS now, speed FROM calendar),
            due AS MATERIALIZED (
                SELECT secret_id
                FROM rotation_plan
                WHERE begins_at <= (SELECT now FROM moment)
                ORDER BY begins_at
                LIMIT :batch
                FOR NO KEY UPDATE SKIP LOCKED)
            UPDATE rotation_plan p
            SET begins_at = m.now + interval '1 minute' * m.speed
            FROM moment m
            WHERE p.secret_id = ANY (ARRAY(SELECT secret_id FROM due))
            RETURNING p.secret_id
            """;

    /**
     * A statement of its own, after TAKE in its transaction: whoever changes a secret changes its plan too, and had either committed
     * both before the plan was taken, so that they are seen here, or comes after it, and what was taken is not begun.
     */
    private static final String SEE = """
            SELECT p.secret_id, s.arn, p.begins_at, s.rotation_interval_seconds, s.next_rotation_at, p.planned_at,
                s.window_cron, s.window_zone, s.window_seconds, p.held_since, m.now, m.speed,
                (SELECT k.key_state = 'Enabled' AND instance_usable(i.expires_at)
                 FROM kms_key k JOIN kms_instance i USING (instance_id) WHERE k.key_id = s.key_id) AS usable,
                EXISTS (SELECT FROM rotation r WHERE r.secret_id = s.secret_id AND r.ended_at IS NULL) AS rotating
            FROM rotation_plan p JOIN secret s USING (secret_id), (SELECT calendar_now() AS now, speed FROM calendar) m
            WHERE p.secret_id IN (:secrets)
            """;

    /**
     * Only what is still this process's to put off: a plan that was changed meanwhile stays. A row that is locked is left as it was handed
     * out: to wait for many rows, in whichever order, is what two processes must not do to each other.
     */
    private static final String PUT_OFF = """
            WITH given AS MATERIALIZED (
                SELECT * FROM jsonb_to_recordset(CAST(CAST(:putOff AS text) AS jsonb))
                    AS g (secret_id bigint, taken timestamptz, until timestamptz, held_by text, now timestamptz)),
            own AS MATERIALIZED (
                SELECT p.secret_id
                FROM rotation_plan p JOIN given g ON p.secret_id = g.secret_id AND p.begins_at = g.taken
                FOR NO KEY UPDATE OF p SKIP LOCKED)
            UPDATE rotation_plan p
            SET begins_at = g.until, held_by = g.held_by,
                held_since = CASE WHEN g.held_by IS NOT NULL THEN coalesce(p.held_since, g.now) END
            FROM given g
            WHERE p.secret_id = g.secret_id AND p.secret_id = ANY (ARRAY(SELECT secret_id FROM own))
            """;

    private static final String LOCK_IF_TAKEN = "SELECT " + Secret.COLUMNS + """

            FROM secret s JOIN rotation_plan p USING (secret_id)
            WHERE secret_id = :secret AND p.begins_at = :taken
              AND (SELECT k.key_state = 'Enabled' AND instance_usable(i.expires_at)
                   FROM kms_key k JOIN kms_instance i USING (instance_id) WHERE k.key_id = s.key_id)
            FOR UPDATE OF s, p SKIP LOCKED
            """;

    private static final String LET_GO =
            "UPDATE rotation_plan SET held_by = NULL, held_since = NULL WHERE secret_id = :secret AND held_by IS NOT NULL";

    /** A row that is locked begins at once. */
    static final String CATCH_UP = """
            UPDATE rotation_plan
            SET begins_at = CAST(:now AS timestamptz)
                + greatest(begins_at - CAST(:from AS timestamptz), interval '0') * CAST(:pace AS double precision)
            WHERE secret_id IN (
                SELECT secret_id FROM rotation_plan
                WHERE begins_at <= CAST(:now AS timestamptz)
                FOR NO KEY UPDATE SKIP LOCKED)
            """;

    /**
     * Told of before it is done: the event has the secret as it was. Their order is what has PostgreSQL read the index: without one
     * it takes a third of all secrets for due, whose first it would find soonest by reading the whole table.
     */
    static final String TELL_PAST = """
            WITH past AS MATERIALIZED (
                SELECT secret_id
                FROM secret
                WHERE deletion_planned_at <= (SELECT calendar_now())
                ORDER BY deletion_planned_at
                LIMIT :batch
                FOR UPDATE SKIP LOCKED)
            SELECT past.secret_id
            FROM past, LATERAL tell_secret(past.secret_id, 'io.gyre.secret.deleted.v1', NULL) AS told
            """;

    private static final String DELETE = "DELETE FROM secret WHERE secret_id IN (:secrets)";

    /** What is due now, to begin it or to put it off. */
    Uni<List<DueSecret>> take(Mutiny.StatelessSession session, int batch) {
        return session.createNativeQuery(TAKE, Long.class)
                .setParameter("batch", batch)
                .getResultList()
                .chain(taken -> taken.isEmpty() ? Uni.createFrom().item(List.of()) : see(session, taken));
    }

    private static Uni<List<DueSecret>> see(Mutiny.StatelessSession session, List<Long> taken) {
        return session.createNativeQuery(SEE, Tuple.class)
                .setParameter("secrets", taken)
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

    /** The secret with its row and its plan locked; null where its plan was changed meanwhile, or someone else has locked it. */
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
