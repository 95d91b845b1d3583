package io.gyre.api.accesspoints;

import io.gyre.api.calendar.Moment;
import io.gyre.api.wire.Page;
import io.gyre.rpc.RpcFault;
import io.gyre.store.AccessPoint;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.function.Function;
import org.hibernate.reactive.mutiny.Mutiny;

/** The rows of {@code access_point}, and which policies each has. */
@ApplicationScoped
class AccessPointStore {
    private static final String ADD = """
            INSERT INTO access_point (account_id, name, description, created_at)
            VALUES (:account, :name, :description, :now)
            ON CONFLICT DO NOTHING
            """;

    private static final String LOCK =
            "SELECT * FROM access_point WHERE account_id = :account AND name = :name FOR UPDATE";

    private static final String CHANGE =
            "UPDATE access_point SET description = :description WHERE account_id = :account AND name = :name";

    private static final String ATTACH = """
            INSERT INTO access_point_attachment (account_id, access_point, policy, place)
            SELECT :account, :name, policy, place
            FROM jsonb_array_elements_text(CAST(CAST(:policies AS text) AS jsonb)) WITH ORDINALITY AS named (policy, place)
            """;

    private static final String DETACH =
            "DELETE FROM access_point_attachment WHERE account_id = :account AND access_point = :name";

    private static final String POLICIES = """
            SELECT policy FROM access_point_attachment WHERE account_id = :account AND access_point = :name ORDER BY place
            """;

    /**
     * @param policies which are held
     * @return fails with an {@link RpcFault} (Rejected.ResourceExist) where the name is taken
     */
    Uni<Void> add(
            Mutiny.StatelessSession session,
            String account,
            String name,
            String description,
            List<String> policies,
            Moment now) {
        return session.createNativeQuery(ADD)
                .setParameter("account", account)
                .setParameter("name", name)
                .setParameter("description", description)
                .setParameter("now", now.calendar())
                .executeUpdate()
                .invoke(AccessPointStore::refuseTaken)
                .chain(() -> attach(session, account, name, policies));
    }

    /** @return fails with an {@link RpcFault} (Forbidden.ResourceNotFound) where there is none */
    Uni<AccessPoint> named(Mutiny.StatelessSession session, String account, String name) {
        return session.get(AccessPoint.class, new AccessPoint.Key(account, name))
                .onItem()
                .ifNull()
                .failWith(() -> AccessPointFaults.noSuchAccessPoint(name));
    }

    /** The same, its row taken until the transaction ends. */
    Uni<AccessPoint> locked(Mutiny.StatelessSession session, String account, String name) {
        return session.createNativeQuery(LOCK, AccessPoint.class)
                .setParameter("account", account)
                .setParameter("name", name)
                .getSingleResultOrNull()
                .onItem()
                .ifNull()
                .failWith(() -> AccessPointFaults.noSuchAccessPoint(name));
    }

    /** The names of its policies, in the order in which they were given. */
    Uni<List<String>> policies(Mutiny.StatelessSession session, AccessPoint point) {
        return session.createNativeQuery(POLICIES, String.class)
                .setParameter("account", point.accountId())
                .setParameter("name", point.name())
                .getResultList();
    }

    Uni<Void> describe(Mutiny.StatelessSession session, AccessPoint point, String description) {
        return session.createNativeQuery(CHANGE)
                .setParameter("account", point.accountId())
                .setParameter("name", point.name())
                .setParameter("description", description)
                .executeUpdate()
                .replaceWithVoid();
    }

    /** @param policies which are held */
    Uni<Void> replace(Mutiny.StatelessSession session, AccessPoint point, List<String> policies) {
        return session.createNativeQuery(DETACH)
                .setParameter("account", point.accountId())
                .setParameter("name", point.name())
                .executeUpdate()
                .chain(() -> attach(session, point.accountId(), point.name(), policies));
    }

    /** @param point that has no client key */
    Uni<Void> remove(Mutiny.StatelessSession session, AccessPoint point) {
        return session.createMutationQuery("delete from AccessPoint where accountId = :account and name = :name")
                .setParameter("account", point.accountId())
                .setParameter("name", point.name())
                .executeUpdate()
                .replaceWithVoid();
    }

    /** In the order of their names. */
    Uni<List<AccessPoint>> page(Mutiny.StatelessSession session, String account, Page page) {
        return session.createSelectionQuery(
                        "from AccessPoint where accountId = :account order by name", AccessPoint.class)
                .setParameter("account", account)
                .setFirstResult(page.offset())
                .setMaxResults(page.size())
                .getResultList();
    }

    Uni<Long> count(Mutiny.StatelessSession session, String account) {
        return session.createSelectionQuery("select count(*) from AccessPoint where accountId = :account", Long.class)
                .setParameter("account", account)
                .getSingleResult();
    }

    private static Uni<Void> attach(
            Mutiny.StatelessSession session, String account, String name, List<String> policies) {
        return session.createNativeQuery(ATTACH)
                .setParameter("account", account)
                .setParameter("name", name)
                .setParameter("policies", PointText.json(policies))
                .executeUpdate()
                .replaceWithVoid();
    }

    /** @param inserted rows; none where the name was there */
    static void refuseTaken(int inserted) {
        if (inserted == 0) {
            throw AccessPointFaults.alreadyThere();
        }
    }

    /**
     * Keeps rows from being deleted until the transaction ends.
     *
     * @param hold a statement that takes them and gives their names
     * @return fails for the first name that there is not
     */
    static Uni<Void> hold(
            Mutiny.StatelessSession session,
            String hold,
            String account,
            List<String> names,
            Function<String, RpcFault> absent) {
        return session.createNativeQuery(hold, String.class)
                .setParameter("account", account)
                .setParameter("names", PointText.json(names))
                .getResultList()
                .invoke(found -> names.stream()
                        .filter(name -> !found.contains(name))
                        .findFirst()
                        .ifPresent(name -> {
                            throw absent.apply(name);
                        }))
                .replaceWithVoid();
    }
}
