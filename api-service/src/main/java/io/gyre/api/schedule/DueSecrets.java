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
    /** Goes through all that is due in the order of its ids, so that one secret that fails holds up no other. */
    private static final String DUE = """
            SELECT s.secret_id
            FROM secret s
            WHERE s.rotation_status = 'Enabled'
              AND s.deletion_planned_at IS NULL
              AND s.next_rotation_at <= calendar_now()
              AND s.secret_id > :after
              AND NOT EXISTS (SELECT 1 FROM rotation r WHERE r.secret_id = s.secret_id AND r.ended_at IS NULL)
            ORDER BY s.secret_id
            LIMIT :batch
            """;

    private static final String LOCK_IF_DUE = """
            SELECT *
            FROM secret
            WHERE secret_id = :secret
              AND rotation_status = 'Enabled'
              AND deletion_planned_at IS NULL
              AND next_rotation_at <= calendar_now()
            FOR UPDATE SKIP LOCKED
            """;

    private static final String DELETE_PAST = """
            DELETE FROM secret
            WHERE secret_id IN (
                SELECT secret_id
                FROM secret
                WHERE deletion_planned_at <= calendar_now()
                LIMIT :batch
                FOR UPDATE SKIP LOCKED)
            """;

    /** @param after the last id of the batch before; 0 to begin */
    Uni<List<Long>> after(Mutiny.StatelessSession session, long after, int batch) {
        return session.createNativeQuery(DUE, Long.class)
                .setParameter("after", after)
                .setParameter("batch", batch)
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
