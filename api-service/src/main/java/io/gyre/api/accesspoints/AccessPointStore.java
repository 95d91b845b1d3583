package io.gyre.api.accesspoints;

import io.gyre.api.calendar.Moment;
import io.gyre.rpc.RpcFault;
import io.gyre.store.AccessPoint;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny;

/** The rows of {@code access_point}, and which policies each has. */
@ApplicationScoped
class AccessPointStore {
    static final NamedRows<AccessPoint> ROWS = new NamedRows<>(
            AccessPoint.class,
            AccessPoint.Key::new,
            "from AccessPoint where accountId = :account order by name",
            "select count(*) from AccessPoint where accountId = :account",
            AccessPointFaults::noSuchAccessPoint);

    private static final String ADD = """
            INSERT INTO access_point (account_id, name, description, created_at)
            VALUES (:account, :name, :description, :now)
            ON CONFLICT DO NOTHING
            """;

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
}
