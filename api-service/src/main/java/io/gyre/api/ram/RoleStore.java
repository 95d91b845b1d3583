package io.gyre.api.ram;

import io.gyre.api.calendar.Moment;
import io.gyre.rpc.RpcFault;
import io.gyre.rpc.RpcRequest;
import io.gyre.store.RamRole;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** The rows of {@code ram_role}. */
@ApplicationScoped
public class RoleStore {
    /** Limits of MaxSessionDuration, in seconds, as RAM has them. */
    static final int SHORTEST_MAX_SESSION = 3600;

    private static final int LONGEST_MAX_SESSION = 43_200;

    /** Of two calls with one name at once, one waits here for the other, and then finds the name taken. */
    private static final String ADD = """
            INSERT INTO ram_role (account_id, role_name, role_id, description, trust_policy, max_session_seconds,
                                  created_at, updated_at)
            VALUES (:account, :name, :id, :description, :trustPolicy, :maxSession, :now, :now)
            ON CONFLICT DO NOTHING
            """;

    private static final String LOCK =
            "SELECT * FROM ram_role WHERE account_id = :account AND role_name = :name FOR UPDATE";

    private static final String CHANGE = """
            UPDATE ram_role
            SET description = :description, trust_policy = :trustPolicy, max_session_seconds = :maxSession,
                updated_at = :now
            WHERE account_id = :account AND role_name = :name
            """;

    /** What a role's owner decides. */
    record Terms(String description, String trustPolicy, int maxSessionSeconds) {}

    /** @return whether the name was free */
    Uni<Boolean> add(Mutiny.StatelessSession session, String account, String name, Terms terms, Moment now) {
        return described(session.createNativeQuery(ADD), account, name, terms, now)
                .setParameter("id", Identifiers.roleId())
                .executeUpdate()
                .map(rows -> rows > 0);
    }

    /** Null where the account has no such role. */
    public Uni<@Nullable RamRole> find(Mutiny.StatelessSession session, String account, String name) {
        return session.get(RamRole.class, new RamRole.Key(account, name));
    }

    /** @return fails with an {@link RpcFault} (EntityNotExist.Role) where the account has no such role */
    public Uni<RamRole> named(Mutiny.StatelessSession session, String account, String name) {
        return find(session, account, name).onItem().ifNull().failWith(RamFaults::noSuchRole);
    }

    /** The same, its row taken until the transaction ends: what is attached to it cannot change meanwhile. */
    Uni<RamRole> locked(Mutiny.StatelessSession session, String account, String name) {
        return session.createNativeQuery(LOCK, RamRole.class)
                .setParameter("account", account)
                .setParameter("name", name)
                .getSingleResultOrNull()
                .onItem()
                .ifNull()
                .failWith(RamFaults::noSuchRole);
    }

    Uni<Void> change(Mutiny.StatelessSession session, RamRole role, Terms terms, Moment now) {
        return described(session.createNativeQuery(CHANGE), role.accountId(), role.roleName(), terms, now)
                .executeUpdate()
                .replaceWithVoid();
    }

    Uni<Void> remove(Mutiny.StatelessSession session, RamRole role) {
        return session.createMutationQuery("delete from RamRole where accountId = :account and roleName = :name")
                .setParameter("account", role.accountId())
                .setParameter("name", role.roleName())
                .executeUpdate()
                .replaceWithVoid();
    }

    Uni<List<RamRole>> page(Mutiny.StatelessSession session, String account, RamPage page) {
        return session.createSelectionQuery(
                        "from RamRole where accountId = :account and roleName > :marker order by roleName",
                        RamRole.class)
                .setParameter("account", account)
                .setParameter("marker", page.marker())
                .setMaxResults(page.sought())
                .getResultList();
    }

    /** @throws RpcFault InvalidParameter */
    static int maxSession(RpcRequest request, String parameter, int fallback) {
        return request.integer(parameter, fallback, SHORTEST_MAX_SESSION, LONGEST_MAX_SESSION);
    }

    private static Mutiny.MutationQuery described(
            Mutiny.MutationQuery statement, String account, String name, Terms terms, Moment now) {
        return statement
                .setParameter("account", account)
                .setParameter("name", name)
                .setParameter("description", terms.description())
                .setParameter("trustPolicy", terms.trustPolicy())
                .setParameter("maxSession", terms.maxSessionSeconds())
                .setParameter("now", now.calendar());
    }
}
