package io.gyre.api.ram;

import io.gyre.api.calendar.Moment;
import io.gyre.store.RamPolicyAttachment;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.hibernate.reactive.mutiny.Mutiny;

/** The rows of {@code ram_policy_attachment}: which policies speak for whom. */
@ApplicationScoped
class AttachmentStore {
    private static final String ADD = """
            INSERT INTO ram_policy_attachment (account_id, principal, policy_type, policy_name, attached_at)
            VALUES (:account, :principal, :type, :name, :now)
            ON CONFLICT DO NOTHING
            """;

    /** A policy, by what names it. */
    record PolicyName(String type, String name) {}

    /** @return whether it was not attached before */
    Uni<Boolean> add(Mutiny.StatelessSession session, String account, String principal, PolicyName policy, Moment now) {
        return session.createNativeQuery(ADD)
                .setParameter("account", account)
                .setParameter("principal", principal)
                .setParameter("type", policy.type())
                .setParameter("name", policy.name())
                .setParameter("now", now.calendar())
                .executeUpdate()
                .map(rows -> rows > 0);
    }

    /** @return whether it was attached */
    Uni<Boolean> remove(Mutiny.StatelessSession session, String account, String principal, PolicyName policy) {
        return session.createMutationQuery("delete from RamPolicyAttachment where accountId = :account"
                        + " and principal = :principal and policyType = :type and policyName = :name")
                .setParameter("account", account)
                .setParameter("principal", principal)
                .setParameter("type", policy.type())
                .setParameter("name", policy.name())
                .executeUpdate()
                .map(rows -> rows > 0);
    }

    Uni<Boolean> attached(Mutiny.StatelessSession session, String account, String principal, PolicyName policy) {
        return session.get(
                        RamPolicyAttachment.class,
                        new RamPolicyAttachment.Key(account, principal, policy.type(), policy.name()))
                .map(found -> found != null);
    }

    /** In the order of their names. */
    Uni<List<RamPolicyAttachment>> ofPrincipal(Mutiny.StatelessSession session, String account, String principal) {
        return session.createSelectionQuery(
                        "from RamPolicyAttachment where accountId = :account and principal = :principal"
                                + " order by policyName, policyType",
                        RamPolicyAttachment.class)
                .setParameter("account", account)
                .setParameter("principal", principal)
                .getResultList();
    }

    /** In the order of the principals' names. */
    Uni<List<RamPolicyAttachment>> ofPolicy(Mutiny.StatelessSession session, String account, PolicyName policy) {
        return session.createSelectionQuery(
                        "from RamPolicyAttachment where accountId = :account and policyType = :type"
                                + " and policyName = :name order by principal",
                        RamPolicyAttachment.class)
                .setParameter("account", account)
                .setParameter("type", policy.type())
                .setParameter("name", policy.name())
                .getResultList();
    }

    /** How often each policy of the account is attached; those that are not are left out. */
    Uni<Map<PolicyName, Long>> counts(Mutiny.StatelessSession session, String account) {
        return session.createSelectionQuery(
                        "select policyType, policyName, count(*) from RamPolicyAttachment where accountId = :account"
                                + " group by policyType, policyName",
                        Object[].class)
                .setParameter("account", account)
                .getResultList()
                .map(rows -> rows.stream()
                        .collect(Collectors.toMap(
                                row -> new PolicyName((String) row[0], (String) row[1]), row -> (Long) row[2])));
    }

    /** For a principal that is called otherwise from now on. */
    Uni<Void> rename(Mutiny.StatelessSession session, String account, String principal, String newPrincipal) {
        return session.createMutationQuery("update RamPolicyAttachment set principal = :newPrincipal"
                        + " where accountId = :account and principal = :principal")
                .setParameter("account", account)
                .setParameter("principal", principal)
                .setParameter("newPrincipal", newPrincipal)
                .executeUpdate()
                .replaceWithVoid();
    }
}
