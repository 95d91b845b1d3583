package io.gyre.api.ram;

import io.gyre.api.calendar.Moment;
import io.gyre.rpc.RpcFault;
import io.gyre.store.RamUser;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/**
 * The rows of {@code ram_login_profile}: the passwords by which users log in to the console. Another password is another row,
 * with which the sessions of the former one go.
 */
@ApplicationScoped
public class LoginProfiles {
    private static final String ADD = """
            INSERT INTO ram_login_profile (user_id, password_hash, reset_required, created_at)
            VALUES (:user, :hash, :reset, :now) ON CONFLICT DO NOTHING
            """;

    private static final String FIND = """
            SELECT password_id, password_hash, reset_required, created_at FROM ram_login_profile WHERE user_id = :user
            """;

    private static final String REQUIRE_RESET =
            "UPDATE ram_login_profile SET reset_required = :reset WHERE user_id = :user";

    private static final String REMOVE = "DELETE FROM ram_login_profile WHERE user_id = :user";

    /**
     * A user's password. It does not print its hash.
     *
     * @param passwordId another one with each password
     * @param createdAt on the calendar
     */
    public record Profile(UUID passwordId, String passwordHash, boolean resetRequired, Instant createdAt) {
        @Override
        public String toString() {
            return "Profile[" + passwordId + "]";
        }
    }

    /** @return fails with an {@link RpcFault} (EntityAlreadyExists.User.LoginProfile) where the user has one */
    Uni<Void> add(Mutiny.StatelessSession session, RamUser user, String hash, boolean reset, Moment now) {
        return insert(session, user, hash, reset, now.calendar())
                .invoke(added -> {
                    if (added == 0) {
                        throw RamFaults.loginProfileExists();
                    }
                })
                .replaceWithVoid();
    }

    /** Null where the user has no password, or where there is no user of that id. */
    public Uni<@Nullable Profile> find(Mutiny.StatelessSession session, String userId) {
        return session.createNativeQuery(FIND, Tuple.class)
                .setParameter("user", userId)
                .getSingleResultOrNull()
                .map(row -> row == null
                        ? null
                        : new Profile(
                                row.get("password_id", UUID.class),
                                row.get("password_hash", String.class),
                                row.get("reset_required", Boolean.class),
                                row.get("created_at", OffsetDateTime.class).toInstant()));
    }

    /** @return fails with an {@link RpcFault} (EntityNotExist.User.LoginProfile) where the user has no password */
    Uni<Profile> existing(Mutiny.StatelessSession session, RamUser user) {
        return find(session, user.userId()).onItem().ifNull().failWith(RamFaults::noSuchLoginProfile);
    }

    /** Whoever logged in with the former one is logged out. */
    public Uni<Void> replace(
            Mutiny.StatelessSession session, RamUser user, Profile former, String hash, boolean reset) {
        return remove(session, user)
                .chain(() -> insert(session, user, hash, reset, former.createdAt()))
                .replaceWithVoid();
    }

    Uni<Void> requireReset(Mutiny.StatelessSession session, RamUser user, boolean reset) {
        return session.createNativeQuery(REQUIRE_RESET)
                .setParameter("user", user.userId())
                .setParameter("reset", reset)
                .executeUpdate()
                .replaceWithVoid();
    }

    Uni<Void> remove(Mutiny.StatelessSession session, RamUser user) {
        return session.createNativeQuery(REMOVE)
                .setParameter("user", user.userId())
                .executeUpdate()
                .replaceWithVoid();
    }

    private static Uni<Integer> insert(
            Mutiny.StatelessSession session, RamUser user, String hash, boolean reset, Instant createdAt) {
        return session.createNativeQuery(ADD)
                .setParameter("user", user.userId())
                .setParameter("hash", hash)
                .setParameter("reset", reset)
                .setParameter("now", createdAt)
                .executeUpdate();
    }
}
