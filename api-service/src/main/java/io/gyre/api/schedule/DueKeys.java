package io.gyre.api.schedule;

import io.gyre.store.KmsKey;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** Hands out the keys that are due. What another process is at work on is passed over, not waited for. */
@ApplicationScoped
class DueKeys {
    /** The longest overdue first, by the index kms_key_rotation_due. */
    private static final String TO_ROTATE = """
            SELECT key_id
            FROM kms_key
            WHERE key_state = 'Enabled' AND next_rotation_at <= (SELECT calendar_now())
              AND (SELECT instance_usable(i.expires_at) FROM kms_instance i WHERE i.instance_id = kms_key.instance_id)
            ORDER BY next_rotation_at
            LIMIT :batch OFFSET :passedOver
            """;

    private static final String LOCK_IF_DUE = """
            SELECT *
            FROM kms_key
            WHERE key_id = :key AND key_state = 'Enabled' AND next_rotation_at <= calendar_now()
              AND (SELECT instance_usable(i.expires_at) FROM kms_instance i WHERE i.instance_id = kms_key.instance_id)
            FOR UPDATE SKIP LOCKED
            """;

    /**
     * A rotation that runs needs the key until its end, or a credential were lost; none begins once the end of the key is
     * planned, so there is nothing to wait for afterwards. The row stays, since secrets point at it.
     */
    private static final String DESTROY_PAST = """
            WITH due AS (
                SELECT k.key_id
                FROM kms_key k
                WHERE k.deletion_planned_at <= (SELECT calendar_now())
                  AND NOT EXISTS (
                    SELECT 1 FROM secret s JOIN rotation r ON r.secret_id = s.secret_id AND r.ended_at IS NULL
                    WHERE s.key_id = k.key_id)
                ORDER BY k.deletion_planned_at
                LIMIT :batch
                FOR UPDATE OF k SKIP LOCKED),
            materials AS (
                DELETE FROM kms_key_version v USING due WHERE v.key_id = due.key_id),
            names AS (
                DELETE FROM key_alias a USING due WHERE a.key_id = due.key_id)
            UPDATE kms_key k
            SET key_state = 'Destroyed', wrapped_material = NULL, deletion_planned_at = NULL, tags = '[]',
                rotation_interval_seconds = NULL, next_rotation_at = NULL
            FROM due
            WHERE k.key_id = due.key_id
            """;

    /** @param passedOver how many of those that are due could not be rotated just now, and are left at the front */
    Uni<List<String>> toRotate(Mutiny.StatelessSession session, int batch, int passedOver) {
        return session.createNativeQuery(TO_ROTATE, String.class)
                .setParameter("batch", batch)
                .setParameter("passedOver", passedOver)
                .getResultList();
    }

    /** The key with its row locked; null where it is not due any more, or someone else has locked it. */
    Uni<@Nullable KmsKey> lock(Mutiny.StatelessSession session, String keyId) {
        return session.createNativeQuery(LOCK_IF_DUE, KmsKey.class)
                .setParameter("key", keyId)
                .getSingleResultOrNull();
    }

    /** Destroys the material of keys whose window has passed; @return of how many. */
    Uni<Integer> destroyPast(Mutiny.StatelessSession session, int batch) {
        return session.createNativeQuery(DESTROY_PAST)
                .setParameter("batch", batch)
                .executeUpdate();
    }
}
