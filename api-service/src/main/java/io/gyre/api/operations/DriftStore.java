package io.gyre.api.operations;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** The rows of {@code drift_check}, which workers write. */
@ApplicationScoped
class DriftStore {
    private static final String VIEW = """
            SELECT s.name, d.secret_type, d.state, d.seen, d.means, d.remedy, d.since, d.looked_at, d.decided_at, d.observation,
                   d.problem, d.failures,
                   (SELECT r.rotation_id FROM rotation r WHERE r.secret_id = d.secret_id AND r.ended_at IS NULL) AS rotation
            FROM drift_check d JOIN secret s USING (secret_id)
            """;

    private static final String FOUND = VIEW + """
            WHERE s.account_id = :account AND d.seen IS NOT NULL AND s.name > :after AND starts_with(s.name, :prefix)
            ORDER BY s.name LIMIT :limit
            """;

    private static final String ANSWER = VIEW + "WHERE d.secret_id = :secret AND d.looks > :looks";

    /** Another number of the claim: a look that has begun already is no answer. */
    private static final String ASK = """
            UPDATE drift_check SET asked_at = clock_timestamp(), claim = claim + 1
            WHERE secret_id = :secret RETURNING looks
            """;

    private static final String REFUSED = """
            SELECT count(*) FROM drift_check d JOIN secret s USING (secret_id)
            WHERE s.account_id = :account AND s.name = :name AND d.state IN ('Drifted', 'PreviousDrifted')
            """;

    /** Those where something is wrong, by name. */
    Uni<List<DriftView>> found(
            Mutiny.StatelessSession session, String account, String prefix, String after, int limit) {
        return session.createNativeQuery(FOUND, Tuple.class)
                .setParameter("account", account)
                .setParameter("prefix", prefix)
                .setParameter("after", after)
                .setParameter("limit", limit)
                .getResultList()
                .map(rows -> rows.stream().map(DriftStore::view).toList());
    }

    /** @return how often the secret has been looked at: what comes after is the answer */
    Uni<Long> ask(Mutiny.StatelessSession session, long secret) {
        return session.createNativeQuery(ASK, Long.class)
                .setParameter("secret", secret)
                .getSingleResult();
    }

    Uni<Optional<DriftView>> answer(Mutiny.StatelessSession session, long secret, long looks) {
        return session.createNativeQuery(ANSWER, Tuple.class)
                .setParameter("secret", secret)
                .setParameter("looks", looks)
                .getSingleResultOrNull()
                .map(row -> Optional.ofNullable(row).map(DriftStore::view));
    }

    /** Whether the last look that proved something found that the target refuses a credential of the secret. */
    Uni<Boolean> isRefused(Mutiny.StatelessSession session, String account, String name) {
        return session.createNativeQuery(REFUSED, Long.class)
                .setParameter("account", account)
                .setParameter("name", name)
                .getSingleResult()
                .map(found -> found > 0);
    }

    private static DriftView view(Tuple row) {
        return new DriftView(
                row.get("name", String.class),
                row.get("secret_type", String.class),
                row.get("state", String.class),
                row.get("seen", String.class),
                row.get("means", String.class),
                row.get("remedy", String.class),
                instant(row, "since"),
                instant(row, "looked_at"),
                instant(row, "decided_at"),
                row.get("observation", String.class),
                row.get("problem", String.class),
                row.get("failures", Integer.class),
                row.get("rotation", UUID.class));
    }

    private static @Nullable Instant instant(Tuple row, String column) {
        OffsetDateTime at = row.get(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }
}
