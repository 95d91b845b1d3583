package io.gyre.api.accesspoints;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.api.access.Installation;
import io.gyre.api.keys.KeyName;
import io.gyre.api.wire.WireJson;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** What an access point may do, instance by instance, in RAM's grammar: so one evaluator decides over all callers. */
@ApplicationScoped
public class InstanceGrants {
    /** The sources are null where the policy names no network rule, and not only where a rule names no address. */
    private static final String FIND = """
            SELECT p.instance_id, p.permissions, p.resources,
                (SELECT CAST(jsonb_agg(s.source) AS text)
                 FROM access_point_policy_rule r
                 JOIN network_rule n ON n.account_id = r.account_id AND n.name = r.rule
                 CROSS JOIN jsonb_array_elements(CAST(n.sources AS jsonb)) AS s (source)
                 WHERE r.account_id = p.account_id AND r.policy = p.name)
            FROM access_point_attachment a
            JOIN access_point_policy p ON p.account_id = a.account_id AND p.name = a.policy
            WHERE a.account_id = :account AND a.access_point = :point
            ORDER BY a.place
            """;

    private final Installation installation;

    InstanceGrants(Installation installation) {
        this.installation = installation;
    }

    /** @param document a policy of an identity, which holds for what lies in this instance */
    public record InstanceGrant(String instanceId, String document) {}

    /** Of every policy that the access point has; none where there is no such access point. */
    public Uni<List<InstanceGrant>> of(Mutiny.StatelessSession session, String account, String accessPoint) {
        return session.createNativeQuery(FIND, Object[].class)
                .setParameter("account", account)
                .setParameter("point", accessPoint)
                .getResultList()
                .map(rows -> rows.stream()
                        .map(row -> new InstanceGrant(
                                (String) row[0],
                                document(
                                        account,
                                        PointText.list((String) row[1]),
                                        PointText.list((String) row[2]),
                                        row[3] == null ? null : PointText.list((String) row[3]))))
                        .toList());
    }

    private String document(
            String account, List<String> permissions, List<String> resources, @Nullable List<String> sources) {
        ObjectNode policy = WireJson.answer().put("Version", "1");
        var statements = policy.putArray("Statement");
        for (String permission : permissions) {
            Template template = Template.named(permission).orElseThrow();
            List<String> about = resources.stream().filter(template::isAbout).toList();
            if (!about.isEmpty()) {
                allow(statements.addObject(), account, template, about, sources);
            }
        }
        return policy.toString();
    }

    private void allow(
            ObjectNode statement,
            String account,
            Template template,
            List<String> resources,
            @Nullable List<String> sources) {
        statement.put("Effect", "Allow");
        template.actions().forEach(statement.putArray("Action")::add);
        var arns = statement.putArray("Resource");
        resources.forEach(resource -> arns.add(KeyName.resource(installation, account, resource)));
        if (sources != null) {
            var addresses =
                    statement.putObject("Condition").putObject("IpAddress").putArray("acs:SourceIp");
            sources.forEach(addresses::add);
        }
    }
}
