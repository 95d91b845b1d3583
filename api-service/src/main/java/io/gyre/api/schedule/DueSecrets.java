package io.gyre.api.schedule;

import io.gyre.store.Secret;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** Hands out what is due. What another process is at work on is passed over, not waited for. */
@ApplicationScoped
class DueSecrets {
    /**
     * The longest overdue first. A secret whose key or instance cannot be used stays due until it can; that is looked up by a
     * subselect, for each that is due, since as a join it could lead the plan. The calendar is read once, by a subselect
     * too, so that the index secret_due bounds the scan.
     */
    static final String DUE = """
            SELECT s.secret_id
            FROM secret s
            WHERE s.rotation_status = 'Enabled'
              AND s.deletion_planned_at IS NULL
              AND s.next_rotation_at <= (SELECT calendar_now())
              AND NOT EXISTS (SELECT 1 FROM rotation r WHERE r.secret_id = s.secret_id AND r.ended_at IS NULL)
              AND (SELECT k.key_state = 'Enabled' AND instance_usable(i.expires_at)
                   FROM kms_key k JOIN kms_instance i USING (instance_id) WHERE k.key_id = s.key_id)
            ORDER BY s.next_rotation_at
            LIMIT :batch OFFSET :passedOver
            """;

    private static final String LOCK_IF_DUE = """
            SELECT *
            FROM secret s
            WHERE secret_id = :secret
              AND rotation_status = 'Enabled'
              AND deletion_planned_at IS NULL
              AND next_rotation_at <= calendar_now()
              AND (SELECT k.key_state = 'Enabled' AND instance_usable(i.expires_at)
                   FROM kms_key k JOIN kms_instance i USING (instance_id) WHERE k.key_id = s.key_id)
            FOR UPDATE SKIP LOCKED
            """;

    static final String DELETE_PAST = """
            DELETE FROM secret
            WHERE secret_id IN (
                SELECT secret_id
                FROM secret
                WHERE deletion_planned_at <= (SELECT calendar_now())
                LIMIT :batch
                FOR UPDATE SKIP LOCKED)
            """;

    /** @param passedOver how many of those that are due could not be begun just now, and are left at the front */
    Uni<List<Long>> next(Mutiny.StatelessSession session, int batch, int passedOver) {
        return session.createNativeQuery(DUE, Long.class)
                .setParameter("batch", batch)
                .setParameter("passedOver", passedOver)
                .getResultList();
    }

    /** The secret with its row locked; null where it is not due any more, or someone else has locked it. */
    Uni<@Nullable Secret> lock(Mutiny.StatelessSession session, long secretId) {
        return session.createNativeQuery(LOCK_IF_DUE, Secret.class)
                .setParameter("secret", secretId)
                .getSingleResultOrNull();
    }

    /** Deletes secrets whose recovery window has passed; @return how many. */
    Uni<Integer> deletePast(Mutiny.StatelessSession session, int batch) {
        return session.createNativeQuery(DELETE_PAST)
                .setParameter("batch", batch)
                .executeUpdate();
    }
}
