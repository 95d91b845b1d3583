package io.gyre.api.accesspoints;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.api.access.Installation;
import io.gyre.api.wire.WireJson;
import io.gyre.rpc.RpcAction;
import io.gyre.rpc.RpcRequest;
import io.gyre.store.AccessPointPolicy;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny;

/** Tells what a policy of access points permits. */
@ApplicationScoped
public class DescribePolicy implements RpcAction {
    private final Mutiny.SessionFactory sessions;
    private final PointPolicyStore policies;
    private final Installation installation;

    DescribePolicy(Mutiny.SessionFactory sessions, PointPolicyStore policies, Installation installation) {
        this.sessions = sessions;
        this.policies = policies;
        this.installation = installation;
    }

    @Override
    public String name() {
        return "DescribePolicy";
    }

    @Override
    public Uni<ObjectNode> perform(RpcRequest request) {
        String account = request.caller().accountId();
        String name = PointText.name(request, "Name");
        return sessions.withStatelessSession(session -> PointPolicyStore.ROWS
                .named(session, account, name)
                .chain(policy -> policies.rules(session, policy).map(rules -> answer(policy, rules))));
    }

    private ObjectNode answer(AccessPointPolicy policy, List<String> rules) {
        ObjectNode answer = WireJson.answer()
                .put("Arn", PointArn.policy(installation, policy.accountId(), policy.name()))
                .put("Name", policy.name())
                .put("KmsInstance", policy.instanceId())
                .put("AccessControlRules", PointPolicyText.rules(rules))
                .put("Description", policy.description());
        PointText.list(policy.permissions()).forEach(answer.putArray("Permissions")::add);
        PointText.list(policy.resources()).forEach(answer.putArray("Resources")::add);
        return answer;
    }
}
