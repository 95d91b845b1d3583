package io.gyre.api.console;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import java.util.Optional;
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

    private static final String ADD_SESSION = """
            INSERT INTO console_session (token_hash, access_key_id) VALUES (decode(:hash, 'hex'), :key)
            """;

    /** Whose it is now, should the user have been renamed. Its use is written once a minute. */
    private static final String FIND_SESSION = """
            SELECT k.account_id, k.principal, k.access_key_id,
                s.used_at < clock_timestamp() - interval '1 minute' AS stale
            FROM console_session s JOIN access_key k USING (access_key_id)
            WHERE s.token_hash = decode(:hash, 'hex') AND k.active
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

    /** Whose session it is. */
    record Owner(String accountId, String principal, String accessKeyId) {}

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

    Uni<Void> begin(Mutiny.StatelessSession session, ConsoleToken token, String accessKeyId) {
        return limited(session.createNativeQuery(FORGET_SESSIONS))
                .executeUpdate()
                .chain(() -> session.createNativeQuery(ADD_SESSION)
                        .setParameter("hash", token.hash())
                        .setParameter("key", accessKeyId)
                        .executeUpdate())
                .replaceWithVoid();
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
                            row.get("access_key_id", String.class)));
                    return row.get("stale", Boolean.class)
                            ? with(session.createNativeQuery(USE_SESSION), token)
                                    .replaceWith(owner)
                            : Uni.createFrom().item(owner);
                });
    }

    Uni<Void> end(Mutiny.StatelessSession session, ConsoleToken token) {
        return with(session.createNativeQuery(END_SESSION), token);
    }

    private static Uni<Void> with(Mutiny.MutationQuery statement, ConsoleToken token) {
        return statement.setParameter("hash", token.hash()).executeUpdate().replaceWithVoid();
    }

    private Mutiny.MutationQuery limited(Mutiny.MutationQuery statement) {
        return statement
                .setParameter("longest", settings.longest().toSeconds())
                .setParameter("idle", settings.idle().toSeconds());
    }
}
