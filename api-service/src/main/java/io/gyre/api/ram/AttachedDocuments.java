package io.gyre.api.ram;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny;

/** What the policies that speak for somebody say. */
@ApplicationScoped
public class AttachedDocuments {
    /** A policy of the system has no row of its own. */
    private static final String FIND = """
            select a.policyName, v.document
            from RamPolicyAttachment a
            left join RamPolicy p on p.accountId = a.accountId and p.policyName = a.policyName
                and a.policyType = 'Custom'
            left join RamPolicyVersion v on v.accountId = p.accountId and v.policyName = p.policyName
                and v.versionId = p.defaultVersion
            where a.accountId = :account and a.principal = :principal
            """;

    /** A policy's name, and the text of the version that counts. */
    public record Attached(String name, String document) {}

    /** @param principal {@code user/NAME} or {@code role/NAME} */
    public Uni<List<Attached>> of(Mutiny.StatelessSession session, String account, String principal) {
        return session.createSelectionQuery(FIND, Object[].class)
                .setParameter("account", account)
                .setParameter("principal", principal)
                .getResultList()
                .map(rows -> rows.stream()
                        .map(row -> new Attached((String) row[0], document(row)))
                        .toList());
    }

    private static String document(Object[] row) {
        return row[1] == null
                ? SystemPolicies.find((String) row[0]).orElseThrow().document()
                : (String) row[1];
    }
}
