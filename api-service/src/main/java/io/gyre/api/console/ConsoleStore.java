package io.gyre.api.console;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** The rows of {@code console_login_link} and {@code console_session}. PostgreSQL's clock alone says what is over. */
@ApplicationScoped
class ConsoleStore {
    private static final String FORGET_LINKS = """
            DELETE FROM console_login_link
            WHERE made_at < clock_timestamp() - CAST(:seconds AS bigint) * interval '1 second'
            """;

    /** Of a key that works; its row stays until the transaction ends. */
    private static final String ADD_LINK = """
            INSERT INTO console_login_link (token_hash, access_key_id)
            SELECT decode(:hash, 'hex'), access_key_id FROM access_key
            WHERE access_key_id = :key AND active FOR KEY SHARE
            """;

    /** Whoever comes second waits for the first, and finds nothing. */
    private static final String SPEND_LINK = """
            DELETE FROM console_login_link l USING access_key k
            WHERE l.token_hash = decode(:hash, 'hex') AND k.access_key_id = l.access_key_id AND k.active
              AND l.made_at >= clock_timestamp() - CAST(:seconds AS bigint) * interval '1 second'
            RETURNING k.access_key_id
            """;

    private static final String FORGET_SESSIONS = """
            DELETE FROM console_session
            WHERE begun_at < clock_timestamp() - CAST(:longest AS bigint) * interval '1 second'
               OR used_at < clock_timestamp() - CAST(:idle AS bigint) * interval '1 second'
            """;

    private static final String ADD_SESSION_OF_KEY = """
            INSERT INTO console_session (token_hash, access_key_id) VALUES (decode(:hash, 'hex'), :key)
            """;

    /** None where the password was changed in this moment. */
    private static final String ADD_SESSION_OF_PASSWORD = """
            INSERT INTO console_session (token_hash, password_id)
            SELECT decode(:hash, 'hex'), password_id FROM ram_login_profile WHERE password_id = :password FOR KEY SHARE
            """;

    /** Whose it is now, should the user have been renamed. Its use is written once a minute. */
    private static final String FIND_SESSION = """
            SELECT coalesce(k.account_id, u.account_id) AS account_id,
                coalesce(k.principal, 'user/' || u.user_name) AS principal,
                coalesce(k.access_key_id, '') AS access_key_id,
                coalesce(p.reset_required, false) AS reset_required,
                s.used_at < clock_timestamp() - interval '1 minute' AS stale
            FROM console_session s
                LEFT JOIN access_key k USING (access_key_id)
                LEFT JOIN ram_login_profile p USING (password_id)
                LEFT JOIN ram_user u ON u.user_id = p.user_id
            WHERE s.token_hash = decode(:hash, 'hex') AND (k.active OR u.user_id IS NOT NULL)
              AND s.begun_at >= clock_timestamp() - CAST(:longest AS bigint) * interval '1 second'
              AND s.used_at >= clock_timestamp() - CAST(:idle AS bigint) * interval '1 second'
            """;

    /** Of these, those that are not over. Being watched is no use: a page that stays open does not keep a session. */
    private static final String LIVING_SESSIONS = """
            SELECT encode(s.token_hash, 'hex')
            FROM console_session s
                LEFT JOIN access_key k USING (access_key_id)
                LEFT JOIN ram_login_profile p USING (password_id)
                LEFT JOIN ram_user u ON u.user_id = p.user_id
            WHERE s.token_hash IN (SELECT decode(hash, 'hex') FROM unnest(string_to_array(:hashes, ',')) AS hash)
              AND (k.active OR u.user_id IS NOT NULL)
              AND s.begun_at >= clock_timestamp() - CAST(:longest AS bigint) * interval '1 second'
              AND s.used_at >= clock_timestamp() - CAST(:idle AS bigint) * interval '1 second'
            """;

    private static final String USE_SESSION =
            "UPDATE console_session SET used_at = clock_timestamp() WHERE token_hash = decode(:hash, 'hex')";

    private static final String END_SESSION = "DELETE FROM console_session WHERE token_hash = decode(:hash, 'hex')";

    private final SessionSettings settings;

    ConsoleStore(SessionSettings settings) {
        this.settings = settings;
    }

    /**
     * Whose session it is.
     *
     * @param accessKeyId empty where it came by a password
     * @param resetRequired whether another password has to be chosen before anything else
     */
    record Owner(String accountId, String principal, String accessKeyId, boolean resetRequired) {}

    /** @return whether there is such a key, and works */
    Uni<Boolean> addLink(Mutiny.StatelessSession session, ConsoleToken link, String accessKeyId) {
        return session.createNativeQuery(FORGET_LINKS)
                .setParameter("seconds", LoginLinks.LIFE.toSeconds())
                .executeUpdate()
                .chain(() -> session.createNativeQuery(ADD_LINK)
                        .setParameter("hash", link.hash())
                        .setParameter("key", accessKeyId)
                        .executeUpdate())
                .map(added -> added == 1);
    }

    /** @return the AccessKey that asked for the link; null where there is no such link any more */
    Uni<@Nullable String> spendLink(Mutiny.StatelessSession session, ConsoleToken link) {
        return session.createNativeQuery(SPEND_LINK, String.class)
                .setParameter("hash", link.hash())
                .setParameter("seconds", LoginLinks.LIFE.toSeconds())
                .getSingleResultOrNull();
    }

    /** A session of whoever the key belongs to. */
    Uni<Void> begin(Mutiny.StatelessSession session, ConsoleToken token, String accessKeyId) {
        return begin(
                session, token, session.createNativeQuery(ADD_SESSION_OF_KEY).setParameter("key", accessKeyId));
    }

    /** A session of the user whose password it is. */
    Uni<Void> begin(Mutiny.StatelessSession session, ConsoleToken token, UUID passwordId) {
        return begin(
                session,
                token,
                session.createNativeQuery(ADD_SESSION_OF_PASSWORD).setParameter("password", passwordId));
    }

    private Uni<Void> begin(Mutiny.StatelessSession session, ConsoleToken token, Mutiny.MutationQuery begin) {
        return session.createNativeQuery(FORGET_SESSIONS)
                .setParameter("longest", settings.longest().toSeconds())
                .setParameter("idle", settings.idle().toSeconds())
                .executeUpdate()
                .chain(() -> with(begin, token));
    }

    /** Empty where there is no such session, or it is over. */
    Uni<Optional<Owner>> owner(Mutiny.StatelessSession session, ConsoleToken token) {
        return session.createNativeQuery(FIND_SESSION, Tuple.class)
                .setParameter("hash", token.hash())
                .setParameter("longest", settings.longest().toSeconds())
                .setParameter("idle", settings.idle().toSeconds())
                .getSingleResultOrNull()
                .chain(row -> {
                    if (row == null) {
                        return Uni.createFrom().item(Optional.<Owner>empty());
                    }
                    Optional<Owner> owner = Optional.of(new Owner(
                            row.get("account_id", String.class),
                            row.get("principal", String.class),
                            row.get("access_key_id", String.class),
                            row.get("reset_required", Boolean.class)));
                    return row.get("stale", Boolean.class)
                            ? with(session.createNativeQuery(USE_SESSION), token)
                                    .replaceWith(owner)
                            : Uni.createFrom().item(owner);
                });
    }

    /** Of sessions by their tokens' hashes, those that are not over. */
    Uni<Set<String>> living(Mutiny.StatelessSession session, Set<String> hashes) {
        return session.createNativeQuery(LIVING_SESSIONS, String.class)
                .setParameter("hashes", String.join(",", hashes))
                .setParameter("longest", settings.longest().toSeconds())
                .setParameter("idle", settings.idle().toSeconds())
                .getResultList()
                .map(Set::copyOf);
    }

    Uni<Void> end(Mutiny.StatelessSession session, ConsoleToken token) {
        return with(session.createNativeQuery(END_SESSION), token);
    }

    private static Uni<Void> with(Mutiny.MutationQuery statement, ConsoleToken token) {
        return statement.setParameter("hash", token.hash()).executeUpdate().replaceWithVoid();
    }
}
