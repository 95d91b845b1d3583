package io.gyre.api.ram;

import io.gyre.api.calendar.Moment;
import io.gyre.rpc.RpcFault;
import io.gyre.store.RamPolicy;
import io.gyre.store.RamPolicyVersion;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny;

/** The rows of {@code ram_policy} and {@code ram_policy_version}: the policies that the account wrote itself. */
@ApplicationScoped
public class PolicyStore {
    /** As RAM has it. */
    static final int VERSION_LIMIT = 5;

    static final String FIRST_VERSION = "v1";

    /** Of two calls with one name at once, one waits here for the other, and then finds the name taken. */
    private static final String ADD = """
            INSERT INTO ram_policy (account_id, policy_name, description, default_version, created_at, updated_at)
            VALUES (:account, :name, :description, 'v1', :now, :now)
            ON CONFLICT DO NOTHING
            """;

    private static final String ADD_VERSION = """
            INSERT INTO ram_policy_version (account_id, policy_name, version_id, document, created_at)
            VALUES (:account, :name, :version, :document, :now)
            """;

    private static final String LOCK =
            "SELECT * FROM ram_policy WHERE account_id = :account AND policy_name = :name FOR UPDATE";

    private static final String COUNT_VERSION = """
            UPDATE ram_policy SET versions_made = versions_made + 1, updated_at = :now
            WHERE account_id = :account AND policy_name = :name
            """;

    private static final String SET_DEFAULT = """
            UPDATE ram_policy SET default_version = :version, updated_at = :now
            WHERE account_id = :account AND policy_name = :name
            """;

    /** @return fails with an {@link RpcFault} (EntityAlreadyExists.Policy) where the name is taken */
    Uni<RamPolicy> add(
            Mutiny.StatelessSession session,
            String account,
            String name,
            String description,
            String document,
            Moment now) {
        return session.createNativeQuery(ADD)
                .setParameter("account", account)
                .setParameter("name", name)
                .setParameter("description", description)
                .setParameter("now", now.calendar())
                .executeUpdate()
                .invoke(rows -> {
                    if (rows == 0) {
                        throw RamFaults.policyExists();
                    }
                })
                .chain(() -> insertVersion(session, account, name, FIRST_VERSION, document, now))
                .chain(() -> named(session, account, name));
    }

    /** @return fails with an {@link RpcFault} (EntityNotExist.Policy) where the account has no such policy */
    Uni<RamPolicy> named(Mutiny.StatelessSession session, String account, String name) {
        return session.get(RamPolicy.class, new RamPolicy.Key(account, name))
                .onItem()
                .ifNull()
                .failWith(RamFaults::noSuchPolicy);
    }

    /** The same, its row taken until the transaction ends: its versions and attachments cannot change meanwhile. */
    Uni<RamPolicy> locked(Mutiny.StatelessSession session, String account, String name) {
        return session.createNativeQuery(LOCK, RamPolicy.class)
                .setParameter("account", account)
                .setParameter("name", name)
                .getSingleResultOrNull()
                .onItem()
                .ifNull()
                .failWith(RamFaults::noSuchPolicy);
    }

    /** Its versions go with it. */
    Uni<Void> remove(Mutiny.StatelessSession session, RamPolicy policy) {
        return session.createMutationQuery("delete from RamPolicy where accountId = :account and policyName = :name")
                .setParameter("account", policy.accountId())
                .setParameter("name", policy.policyName())
                .executeUpdate()
                .replaceWithVoid();
    }

    Uni<List<RamPolicy>> page(Mutiny.StatelessSession session, String account, String after, int items) {
        return session.createSelectionQuery(
                        "from RamPolicy where accountId = :account and policyName > :after order by policyName",
                        RamPolicy.class)
                .setParameter("account", account)
                .setParameter("after", after)
                .setMaxResults(items)
                .getResultList();
    }

    /** @return fails with an {@link RpcFault} (EntityNotExist.Policy.Version) where the policy has no such version */
    Uni<RamPolicyVersion> version(Mutiny.StatelessSession session, RamPolicy policy, String version) {
        return session.get(
                        RamPolicyVersion.class,
                        new RamPolicyVersion.Key(policy.accountId(), policy.policyName(), version))
                .onItem()
                .ifNull()
                .failWith(RamFaults::noSuchVersion);
    }

    /** The oldest first. */
    Uni<List<RamPolicyVersion>> versions(Mutiny.StatelessSession session, RamPolicy policy) {
        return session.createSelectionQuery(
                        "from RamPolicyVersion where accountId = :account and policyName = :name"
                                + " order by length(versionId), versionId",
                        RamPolicyVersion.class)
                .setParameter("account", policy.accountId())
                .setParameter("name", policy.policyName())
                .getResultList();
    }

    /** One more version of a policy whose row is taken. */
    Uni<RamPolicyVersion> addVersion(Mutiny.StatelessSession session, RamPolicy policy, String document, Moment now) {
        String version = "v" + (policy.versionsMade() + 1);
        return session.createNativeQuery(COUNT_VERSION)
                .setParameter("account", policy.accountId())
                .setParameter("name", policy.policyName())
                .setParameter("now", now.calendar())
                .executeUpdate()
                .chain(() -> insertVersion(session, policy.accountId(), policy.policyName(), version, document, now))
                .chain(() -> version(session, policy, version));
    }

    Uni<Void> removeVersion(Mutiny.StatelessSession session, RamPolicyVersion version) {
        return session.createMutationQuery("delete from RamPolicyVersion"
                        + " where accountId = :account and policyName = :name and versionId = :version")
                .setParameter("account", version.accountId())
                .setParameter("name", version.policyName())
                .setParameter("version", version.versionId())
                .executeUpdate()
                .replaceWithVoid();
    }

    Uni<Void> setDefault(Mutiny.StatelessSession session, RamPolicyVersion version, Moment now) {
        return session.createNativeQuery(SET_DEFAULT)
                .setParameter("account", version.accountId())
                .setParameter("name", version.policyName())
                .setParameter("version", version.versionId())
                .setParameter("now", now.calendar())
                .executeUpdate()
                .replaceWithVoid();
    }

    private static Uni<Integer> insertVersion(
            Mutiny.StatelessSession session, String account, String name, String version, String document, Moment now) {
        return session.createNativeQuery(ADD_VERSION)
                .setParameter("account", account)
                .setParameter("name", name)
                .setParameter("version", version)
                .setParameter("document", document)
                .setParameter("now", now.calendar())
                .executeUpdate();
    }
}
