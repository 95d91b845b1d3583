package io.gyre.api.accesspoints;

import io.gyre.api.calendar.Moment;
import io.gyre.rpc.RpcFault;
import io.gyre.store.NetworkRule;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny;

/** The rows of {@code network_rule}. */
@ApplicationScoped
class NetworkRuleStore {
    static final NamedRows<NetworkRule> ROWS = new NamedRows<>(
            NetworkRule.class,
            NetworkRule.Key::new,
            "from NetworkRule where accountId = :account order by name",
            "select count(*) from NetworkRule where accountId = :account",
            AccessPointFaults::noSuchNetworkRule);

    private static final String ADD = """
            INSERT INTO network_rule (account_id, name, description, sources, created_at)
            VALUES (:account, :name, :description, :sources, :now)
            ON CONFLICT DO NOTHING
            """;

    private static final String HOLD = """
            SELECT name FROM network_rule
            WHERE account_id = :account
                AND name IN (SELECT jsonb_array_elements_text(CAST(CAST(:names AS text) AS jsonb)))
            FOR SHARE
            """;

    private static final String CHANGE = """
            UPDATE network_rule SET description = :description, sources = :sources
            WHERE account_id = :account AND name = :name
            """;

    private static final String POLICY_THAT_NAMES_IT = """
            SELECT policy FROM access_point_policy_rule WHERE account_id = :account AND rule = :name
            ORDER BY policy LIMIT 1
            """;

    /** @return fails with an {@link RpcFault} (Rejected.ResourceExist) where the name is taken */
    Uni<Void> add(
            Mutiny.StatelessSession session,
            String account,
            String name,
            String description,
            List<String> sources,
            Moment now) {
        return session.createNativeQuery(ADD)
                .setParameter("account", account)
                .setParameter("name", name)
                .setParameter("description", description)
                .setParameter("sources", PointText.json(sources))
                .setParameter("now", now.calendar())
                .executeUpdate()
                .invoke(AccessPointStore::refuseTaken)
                .replaceWithVoid();
    }

    /** Keeps them from being deleted until the transaction ends; @return fails for the first that there is not */
    Uni<Void> hold(Mutiny.StatelessSession session, String account, List<String> names) {
        return ROWS.hold(session, HOLD, account, names);
    }

    Uni<Void> change(Mutiny.StatelessSession session, NetworkRule rule, String description, List<String> sources) {
        return session.createNativeQuery(CHANGE)
                .setParameter("account", rule.accountId())
                .setParameter("name", rule.name())
                .setParameter("description", description)
                .setParameter("sources", PointText.json(sources))
                .executeUpdate()
                .replaceWithVoid();
    }

    /** @return fails with an {@link RpcFault} (Rejected.ResourceInUse) where a policy names it */
    Uni<Void> remove(Mutiny.StatelessSession session, NetworkRule rule) {
        return session.createNativeQuery(POLICY_THAT_NAMES_IT, String.class)
                .setParameter("account", rule.accountId())
                .setParameter("name", rule.name())
                .getSingleResultOrNull()
                .invoke(policy -> {
                    if (policy != null) {
                        throw AccessPointFaults.networkRuleInUse(policy);
                    }
                })
                .chain(() -> session.createMutationQuery(
                                "delete from NetworkRule where accountId = :account and name = :name")
                        .setParameter("account", rule.accountId())
                        .setParameter("name", rule.name())
                        .executeUpdate())
                .replaceWithVoid();
    }
}
