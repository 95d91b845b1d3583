package io.gyre.api.ram;

import io.gyre.api.calendar.Moment;
import io.gyre.rpc.RpcFault;
import io.gyre.store.RamUser;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** The rows of {@code ram_user}. */
@ApplicationScoped
public class UserStore {
    /** Of two calls with one name at once, one waits here for the other, and then finds the name taken. */
    private static final String ADD = """
            INSERT INTO ram_user (account_id, user_name, user_id, display_name, mobile_phone, email, comments,
                                  created_at, updated_at)
            VALUES (:account, :name, :id, :displayName, :mobilePhone, :email, :comments, :now, :now)
            ON CONFLICT DO NOTHING
            """;

    private static final String LOCK =
            "SELECT * FROM ram_user WHERE account_id = :account AND user_name = :name FOR UPDATE";

    private static final String CHANGE = """
            UPDATE ram_user
            SET user_name = :newName, display_name = :displayName, mobile_phone = :mobilePhone, email = :email,
                comments = :comments, updated_at = :now
            WHERE account_id = :account AND user_name = :name
            """;

    /** What people may say of a user. */
    record About(String displayName, String mobilePhone, String email, String comments) {}

    /** @return fails with an {@link RpcFault} (EntityAlreadyExists.User) where the name is taken */
    Uni<RamUser> add(Mutiny.StatelessSession session, String account, String name, About about, Moment now) {
        return described(session.createNativeQuery(ADD), account, name, about, now)
                .setParameter("id", Identifiers.userId())
                .executeUpdate()
                .invoke(rows -> {
                    if (rows == 0) {
                        throw RamFaults.userExists();
                    }
                })
                .chain(() -> named(session, account, name));
    }

    /** @return fails with an {@link RpcFault} (EntityNotExist.User) where the account has no such user */
    public Uni<RamUser> named(Mutiny.StatelessSession session, String account, String name) {
        return session.get(RamUser.class, new RamUser.Key(account, name))
                .onItem()
                .ifNull()
                .failWith(RamFaults::noSuchUser);
    }

    /** The same; null where there is none. */
    public Uni<@Nullable RamUser> find(Mutiny.StatelessSession session, String account, String name) {
        return session.get(RamUser.class, new RamUser.Key(account, name));
    }

    /** The same, its row taken until the transaction ends: what is counted of the user cannot change meanwhile. */
    public Uni<RamUser> locked(Mutiny.StatelessSession session, String account, String name) {
        return session.createNativeQuery(LOCK, RamUser.class)
                .setParameter("account", account)
                .setParameter("name", name)
                .getSingleResultOrNull()
                .onItem()
                .ifNull()
                .failWith(RamFaults::noSuchUser);
    }

    /** @param newName the same as the user's, or one that is free */
    Uni<Void> change(Mutiny.StatelessSession session, RamUser user, String newName, About about, Moment now) {
        return described(session.createNativeQuery(CHANGE), user.accountId(), user.userName(), about, now)
                .setParameter("newName", newName)
                .executeUpdate()
                .replaceWithVoid();
    }

    Uni<Void> remove(Mutiny.StatelessSession session, RamUser user) {
        return session.createMutationQuery("delete from RamUser where accountId = :account and userName = :name")
                .setParameter("account", user.accountId())
                .setParameter("name", user.userName())
                .executeUpdate()
                .replaceWithVoid();
    }

    Uni<List<RamUser>> page(Mutiny.StatelessSession session, String account, RamPage page) {
        return session.createSelectionQuery(
                        "from RamUser where accountId = :account and userName > :marker order by userName",
                        RamUser.class)
                .setParameter("account", account)
                .setParameter("marker", page.marker())
                .setMaxResults(page.sought())
                .getResultList();
    }

    private static Mutiny.MutationQuery described(
            Mutiny.MutationQuery statement, String account, String name, About about, Moment now) {
        return statement
                .setParameter("account", account)
                .setParameter("name", name)
                .setParameter("displayName", about.displayName())
                .setParameter("mobilePhone", about.mobilePhone())
                .setParameter("email", about.email())
                .setParameter("comments", about.comments())
                .setParameter("now", now.calendar());
    }
}
