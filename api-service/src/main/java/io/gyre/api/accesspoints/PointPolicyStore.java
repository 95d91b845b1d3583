package io.gyre.api.accesspoints;

import io.gyre.api.calendar.Moment;
import io.gyre.rpc.RpcFault;
import io.gyre.store.AccessPointPolicy;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny;

/** The rows of {@code access_point_policy}, and which network rules each names. */
@ApplicationScoped
class PointPolicyStore {
    static final NamedRows<AccessPointPolicy> ROWS = new NamedRows<>(
            AccessPointPolicy.class,
            AccessPointPolicy.Key::new,
            "from AccessPointPolicy where accountId = :account order by name",
            "select count(*) from AccessPointPolicy where accountId = :account",
            AccessPointFaults::noSuchPolicy);

    private static final String ADD = """
            INSERT INTO access_point_policy (account_id, name, instance_id, description, permissions, resources, created_at)
            VALUES (:account, :name, :instance, :description, :permissions, :resources, :now)
            ON CONFLICT DO NOTHING
            """;

    private static final String HOLD = """
            SELECT name FROM access_point_policy
            WHERE account_id = :account
                AND name IN (SELECT jsonb_array_elements_text(CAST(CAST(:names AS text) AS jsonb)))
            FOR SHARE
            """;

    private static final String CHANGE = """
            UPDATE access_point_policy
            SET description = :description, permissions = :permissions, resources = :resources
            WHERE account_id = :account AND name = :name
            """;

    private static final String ADD_RULES = """
            INSERT INTO access_point_policy_rule (account_id, policy, rule, place)
            SELECT :account, :name, rule, place
            FROM jsonb_array_elements_text(CAST(CAST(:rules AS text) AS jsonb)) WITH ORDINALITY AS named (rule, place)
            """;

    private static final String REMOVE_RULES =
            "DELETE FROM access_point_policy_rule WHERE account_id = :account AND policy = :name";

    private static final String RULES = """
            SELECT rule FROM access_point_policy_rule WHERE account_id = :account AND policy = :name ORDER BY place
            """;

    private static final String ACCESS_POINT_THAT_HAS_IT = """
            SELECT access_point FROM access_point_attachment WHERE account_id = :account AND policy = :name
            ORDER BY access_point LIMIT 1
            """;

    /** What a policy says. */
    record Terms(String description, List<String> permissions, List<String> resources, List<String> rules) {}

    /**
     * @param terms whose network rules are held
     * @return fails with an {@link RpcFault} (Rejected.ResourceExist) where the name is taken
     */
    Uni<Void> add(
            Mutiny.StatelessSession session, String account, String name, String instanceId, Terms terms, Moment now) {
        return session.createNativeQuery(ADD)
                .setParameter("account", account)
                .setParameter("name", name)
                .setParameter("instance", instanceId)
                .setParameter("description", terms.description())
                .setParameter("permissions", PointText.json(terms.permissions()))
                .setParameter("resources", PointText.json(terms.resources()))
                .setParameter("now", now.calendar())
                .executeUpdate()
                .invoke(AccessPointStore::refuseTaken)
                .chain(() -> addRules(session, account, name, terms.rules()));
    }

    /** Keeps them from being deleted until the transaction ends; @return fails for the first that there is not */
    Uni<Void> hold(Mutiny.StatelessSession session, String account, List<String> names) {
        return ROWS.hold(session, HOLD, account, names);
    }

    /** The names of its network rules, in the order in which they were given. */
    Uni<List<String>> rules(Mutiny.StatelessSession session, AccessPointPolicy policy) {
        return session.createNativeQuery(RULES, String.class)
                .setParameter("account", policy.accountId())
                .setParameter("name", policy.name())
                .getResultList();
    }

    Uni<Void> change(Mutiny.StatelessSession session, AccessPointPolicy policy, Terms terms) {
        return session.createNativeQuery(CHANGE)
                .setParameter("account", policy.accountId())
                .setParameter("name", policy.name())
                .setParameter("description", terms.description())
                .setParameter("permissions", PointText.json(terms.permissions()))
                .setParameter("resources", PointText.json(terms.resources()))
                .executeUpdate()
                .chain(() -> session.createNativeQuery(REMOVE_RULES)
                        .setParameter("account", policy.accountId())
                        .setParameter("name", policy.name())
                        .executeUpdate())
                .chain(() -> addRules(session, policy.accountId(), policy.name(), terms.rules()));
    }

    /** @return fails with an {@link RpcFault} (Rejected.ResourceInUse) where an access point has it */
    Uni<Void> remove(Mutiny.StatelessSession session, AccessPointPolicy policy) {
        return session.createNativeQuery(ACCESS_POINT_THAT_HAS_IT, String.class)
                .setParameter("account", policy.accountId())
                .setParameter("name", policy.name())
                .getSingleResultOrNull()
                .invoke(point -> {
                    if (point != null) {
                        throw AccessPointFaults.policyInUse(point);
                    }
                })
                .chain(() -> session.createMutationQuery(
                                "delete from AccessPointPolicy where accountId = :account and name = :name")
                        .setParameter("account", policy.accountId())
                        .setParameter("name", policy.name())
                        .executeUpdate())
                .replaceWithVoid();
    }

    private static Uni<Void> addRules(
            Mutiny.StatelessSession session, String account, String name, List<String> rules) {
        return session.createNativeQuery(ADD_RULES)
                .setParameter("account", account)
                .setParameter("name", name)
                .setParameter("rules", PointText.json(rules))
                .executeUpdate()
                .replaceWithVoid();
    }
}
