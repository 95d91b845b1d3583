package io.gyre.api.secrets;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.gyre.store.Secret;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;

/** The rows of {@code rotation_turn}: which rotation has which account, and which group of secrets, to itself. */
@ApplicationScoped
class RotationTurns {
    private static final String NAMES = """
            SELECT DISTINCT v.credential_name
            FROM secret_stage g JOIN secret_version v USING (secret_id, version_id)
            WHERE g.secret_id = :secret AND v.credential_name IS NOT NULL
            """;

    /**
     * Whoever wants one of the same turns waits here until this transaction has ended, and sees then what it did. They are taken in one
     * order by all, after the secret's row, so that nobody waits for the other.
     */
    private static final String WAIT = """
            SELECT count(pg_advisory_xact_lock(lock))
            FROM (SELECT DISTINCT hashtextextended(turn, 23) AS lock
                  FROM jsonb_array_elements_text(CAST(CAST(:turns AS text) AS jsonb)) AS turn ORDER BY lock) AS locks
            """;

    private static final String TAKEN = """
            SELECT count(*)
            FROM rotation_turn t JOIN rotation r USING (rotation_id)
            WHERE r.ended_at IS NULL
              AND t.turn IN (SELECT jsonb_array_elements_text(CAST(CAST(:turns AS text) AS jsonb)))
            """;

    /** Those of rotations that have ended make way. */
    private static final String TAKE = """
            WITH wanted AS (
                SELECT turn FROM jsonb_array_elements_text(CAST(CAST(:turns AS text) AS jsonb)) AS turn),
            gone AS (
                DELETE FROM rotation_turn t USING wanted w, rotation r
                WHERE t.turn = w.turn AND r.rotation_id = t.rotation_id AND r.ended_at IS NOT NULL)
            INSERT INTO rotation_turn (turn, rotation_id) SELECT turn, :rotation FROM wanted
            """;

    /** @param locked its row is locked */
    Uni<Turns> of(Mutiny.StatelessSession session, Secret locked) {
        return session.createNativeQuery(NAMES, String.class)
                .setParameter("secret", locked.secretId())
                .getResultList()
                .map(names -> Turns.of(locked, names));
    }

    /**
     * Whether no other rotation has one of them; until the transaction ends none takes one.
     *
     * @param withItsGroup whether the others of its group count, and not only who has its account
     */
    Uni<Boolean> areFree(Mutiny.StatelessSession session, Turns turns, boolean withItsGroup) {
        List<String> all = turns.all();
        return session.createNativeQuery(WAIT, Long.class)
                .setParameter("turns", json(all))
                .getSingleResult()
                .chain(() -> session.createNativeQuery(TAKEN, Long.class)
                        .setParameter("turns", json(withItsGroup ? all : turns.accounts()))
                        .getSingleResult())
                .map(taken -> taken == 0);
    }

    Uni<Void> take(Mutiny.StatelessSession session, Turns turns, UUID rotation) {
        return session.createNativeQuery(TAKE)
                .setParameter("turns", json(turns.all()))
                .setParameter("rotation", rotation)
                .executeUpdate()
                .replaceWithVoid();
    }

    private static String json(List<String> turns) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        turns.forEach(array::add);
        return array.toString();
    }
}
