package io.gyre.api.rootkey;

import io.gyre.envelope.RootKeyId;
import io.gyre.envelope.RootKeyNames;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** The rows of {@code root_key} and beside it, and how much is sealed under which key. */
@ApplicationScoped
class RootKeyStore {
    /** A process that was not heard of for so long counts as ended; it tells of itself six times meanwhile. */
    static final Duration HEARD_WITHIN = Duration.ofSeconds(30);

    private static final String NOTE = """
            SELECT current_key, unnamed_key
            FROM note_root_keys(CAST(:process AS uuid), 'api-service', :name, string_to_array(:known, ','), CAST(:sealing AS text))
            """;

    private static final String FORGET = "SELECT CAST(forget_root_keys(CAST(:process AS uuid)) AS text)";

    private static final String FOUND =
            "INSERT INTO root_key (current_id, unnamed_id) VALUES (:current, CAST(:unnamed AS text))";

    private static final String CURRENT_FOR_SEALING = "SELECT current_id FROM root_key FOR SHARE";

    private static final String STATE = "SELECT current_id, unnamed_id, settled, rotated_at, rotated_by FROM root_key";

    private static final String STATE_TAKEN = STATE + " FOR UPDATE";

    private static final String ROTATE = """
            UPDATE root_key SET current_id = :to, settled = false, rotated_at = clock_timestamp(), rotated_by = :by
            """;

    private static final String SETTLE =
            "UPDATE root_key SET settled = true WHERE current_id = :current AND NOT settled";

    private static final String PROCESSES = """
            SELECT kind, name, array_to_string(known_ids, ',') AS known,
                   CAST(floor(extract(epoch FROM clock_timestamp() - seen_at)) AS bigint) AS seconds
            FROM root_key_process
            WHERE seen_at > clock_timestamp() - CAST(:seconds AS bigint) * interval '1 second'
            ORDER BY kind, name, process_id
            """;

    /** An unnamed one of each table that has one. */
    private static final String UNNAMED_INSTANCE = """
            SELECT instance_id AS id, wrapped_key AS sealed FROM kms_instance
            WHERE wrapped_key IS NOT NULL AND root_key_of(wrapped_key) IS NULL LIMIT 1
            """;

    private static final String UNNAMED_ACCESS_KEY = """
            SELECT access_key_id AS id, wrapped_secret AS sealed FROM access_key
            WHERE root_key_of(wrapped_secret) IS NULL LIMIT 1
            """;

    private static final String AMOUNTS = """
            SELECT root_key_id, CAST(sum(instances) AS bigint) AS instances, CAST(sum(access_keys) AS bigint) AS access_keys,
                   CAST(sum(audit_keys) AS bigint) AS audit_keys,
                   CAST(sum(webhook_secrets) AS bigint) AS webhook_secrets
            FROM (
                SELECT COALESCE(root_key_of(wrapped_key), unnamed_id) AS root_key_id, 1 AS instances, 0 AS access_keys,
                       0 AS audit_keys, 0 AS webhook_secrets
                FROM kms_instance, root_key WHERE wrapped_key IS NOT NULL
                UNION ALL
                SELECT COALESCE(root_key_of(wrapped_secret), unnamed_id), 0, 1, 0, 0 FROM access_key, root_key
                UNION ALL
                SELECT COALESCE(root_key_of(sealed_key), unnamed_id), 0, 0, 1, 0 FROM audit_key, root_key
                UNION ALL
                SELECT COALESCE(root_key_of(sealed), unnamed_id), 0, 0, 0, 1 FROM webhook_secret, root_key) s
            GROUP BY root_key_id ORDER BY root_key_id
            """;

    private static final String SESSIONS = """
            SELECT root_key_id, sealed_at + CAST(:seconds AS bigint) * interval '1 second' AS until
            FROM root_key_session
            WHERE sealed_at > clock_timestamp() - CAST(:seconds AS bigint) * interval '1 second'
            """;

    /**
     * The one row.
     *
     * @param settled whether everything that is stored is under the current key
     */
    record State(
            RootKeyNames names,
            boolean settled,
            @Nullable Instant rotatedAt,
            @Nullable String rotatedBy) {}

    /** Something sealed, as it is stored. */
    @SuppressWarnings("ArrayRecordComponent") // Carried from a row to the cipher, never compared.
    record Sealed(String id, byte[] sealed) {}

    /**
     * Tells of this process.
     *
     * @param known the ids of its root keys
     * @param sealing under which it sealed sessions until now; null where it did not
     * @return what the database knows; null in an installation that has not been started with root keys that have names
     */
    Uni<@Nullable RootKeyNames> note(
            Mutiny.StatelessSession session,
            UUID process,
            String name,
            List<RootKeyId> known,
            @Nullable RootKeyId sealing) {
        return session.createNativeQuery(NOTE, Tuple.class)
                .setParameter("process", process.toString())
                .setParameter("name", name)
                .setParameter(
                        "known",
                        String.join(",", known.stream().map(RootKeyId::hex).toList()))
                .setParameter("sealing", sealing == null ? null : sealing.hex())
                .getSingleResultOrNull()
                .map(row -> row == null ? null : names(row, "current_key", "unnamed_key"));
    }

    Uni<Void> forget(Mutiny.StatelessSession session, UUID process) {
        return session.createNativeQuery(FORGET, String.class)
                .setParameter("process", process.toString())
                .getSingleResultOrNull()
                .replaceWithVoid();
    }

    /** The first start with root keys that have names. */
    Uni<Void> found(Mutiny.StatelessSession session, RootKeyNames names) {
        return session.createNativeQuery(FOUND)
                .setParameter("current", names.current().hex())
                .setParameter("unnamed", names.unnamed().map(RootKeyId::hex).orElse(null))
                .executeUpdate()
                .replaceWithVoid();
    }

    /** Stays the current one until the transaction ends. */
    Uni<RootKeyId> currentForSealing(Mutiny.StatelessSession session) {
        return session.createNativeQuery(CURRENT_FOR_SEALING, String.class)
                .getSingleResult()
                .map(RootKeyId::new);
    }

    Uni<State> state(Mutiny.StatelessSession session) {
        return session.createNativeQuery(STATE, Tuple.class).getSingleResult().map(RootKeyStore::state);
    }

    /** Waits for every transaction that seals something, and keeps others from it until this one ends. */
    Uni<State> stateTaken(Mutiny.StatelessSession session) {
        return session.createNativeQuery(STATE_TAKEN, Tuple.class)
                .getSingleResult()
                .map(RootKeyStore::state);
    }

    Uni<Void> rotate(Mutiny.StatelessSession session, RootKeyId to, String by) {
        return session.createNativeQuery(ROTATE)
                .setParameter("to", to.hex())
                .setParameter("by", by)
                .executeUpdate()
                .replaceWithVoid();
    }

    /** @return whether it was not before */
    Uni<Boolean> settle(Mutiny.StatelessSession session, RootKeyId current) {
        return session.createNativeQuery(SETTLE)
                .setParameter("current", current.hex())
                .executeUpdate()
                .map(changed -> changed > 0);
    }

    /** Those that run, as far as is known. */
    Uni<List<RunningProcess>> processes(Mutiny.StatelessSession session) {
        return session.createNativeQuery(PROCESSES, Tuple.class)
                .setParameter("seconds", HEARD_WITHIN.toSeconds())
                .getResultList()
                .map(rows -> rows.stream()
                        .map(row -> new RunningProcess(
                                row.get("kind", String.class),
                                row.get("name", String.class),
                                List.of(row.get("known", String.class).split(",", -1)),
                                row.get("seconds", Long.class)))
                        .toList());
    }

    Uni<Optional<Sealed>> unnamedInstance(Mutiny.StatelessSession session) {
        return session.createNativeQuery(UNNAMED_INSTANCE, Tuple.class)
                .getSingleResultOrNull()
                .map(row -> Optional.ofNullable(row).map(RootKeyStore::sealed));
    }

    Uni<Optional<Sealed>> unnamedAccessKey(Mutiny.StatelessSession session) {
        return session.createNativeQuery(UNNAMED_ACCESS_KEY, Tuple.class)
                .getSingleResultOrNull()
                .map(row -> Optional.ofNullable(row).map(RootKeyStore::sealed));
    }

    /** For each root key that something stored is sealed under. */
    Uni<List<SealedAmount>> amounts(Mutiny.StatelessSession session) {
        return session.createNativeQuery(AMOUNTS, Tuple.class).getResultList().map(rows -> rows.stream()
                .map(row -> new SealedAmount(
                        new RootKeyId(row.get("root_key_id", String.class)),
                        row.get("instances", Long.class),
                        row.get("access_keys", Long.class),
                        row.get("audit_keys", Long.class),
                        row.get("webhook_secrets", Long.class)))
                .toList());
    }

    /**
     * For each root key below which sessions were sealed that may live on.
     *
     * @param longest how long a session may live after its process told of itself last
     */
    Uni<List<SessionsEnd>> sessionsEnd(Mutiny.StatelessSession session, Duration longest) {
        return session.createNativeQuery(SESSIONS, Tuple.class)
                .setParameter("seconds", longest.toSeconds())
                .getResultList()
                .map(rows -> rows.stream()
                        .map(row -> new SessionsEnd(
                                new RootKeyId(row.get("root_key_id", String.class)), instant(row.get("until"))))
                        .toList());
    }

    /** The next of what is not under the current key. */
    Uni<List<Sealed>> left(
            Mutiny.StatelessSession session, SealedKind kind, RootKeyNames names, String after, int batch) {
        return session.createNativeQuery(kind.left, Tuple.class)
                .setParameter("after", after)
                .setParameter("unnamed", names.unnamed().map(RootKeyId::hex).orElse(""))
                .setParameter("current", names.current().hex())
                .setParameter("batch", batch)
                .getResultList()
                .map(rows -> rows.stream().map(RootKeyStore::sealed).toList());
    }

    /** Puts it into the place of what was read, unless somebody changed that meanwhile. */
    Uni<Integer> reseal(Mutiny.StatelessSession session, SealedKind kind, Sealed was, byte[] resealed) {
        return session.createNativeQuery(kind.reseal)
                .setParameter("id", was.id())
                .setParameter("sealed", was.sealed())
                .setParameter("resealed", resealed)
                .executeUpdate();
    }

    private static State state(Tuple row) {
        Object rotatedAt = row.get("rotated_at");
        return new State(
                names(row, "current_id", "unnamed_id"),
                row.get("settled", Boolean.class),
                rotatedAt == null ? null : instant(rotatedAt),
                row.get("rotated_by", String.class));
    }

    private static RootKeyNames names(Tuple row, String current, String unnamed) {
        return new RootKeyNames(
                new RootKeyId(row.get(current, String.class)),
                Optional.ofNullable(row.get(unnamed, String.class)).map(RootKeyId::new));
    }

    private static Sealed sealed(Tuple row) {
        return new Sealed(row.get("id", String.class), row.get("sealed", byte[].class));
    }

    /** Without a mapped column beside it, a timestamp arrives as the driver has it. */
    private static Instant instant(Object value) {
        return ((OffsetDateTime) value).toInstant();
    }
}
