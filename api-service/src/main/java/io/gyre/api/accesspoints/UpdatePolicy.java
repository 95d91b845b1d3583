package io.gyre.api.accesspoints;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.api.accesspoints.PointPolicyStore.Terms;
import io.gyre.api.wire.WireJson;
import io.gyre.rpc.RpcAction;
import io.gyre.rpc.RpcRequest;
import io.gyre.store.AccessPointPolicy;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny;

/** Lets a policy of access points permit something else, in the same instance; what is not given stays. */
@ApplicationScoped
public class UpdatePolicy implements RpcAction {
    private final Mutiny.SessionFactory sessions;
    private final NetworkRuleStore rules;
    private final PointPolicyStore policies;
    private final Event<AccessPointsChanged> changes;

    UpdatePolicy(
            Mutiny.SessionFactory sessions,
            NetworkRuleStore rules,
            PointPolicyStore policies,
            Event<AccessPointsChanged> changes) {
        this.sessions = sessions;
        this.rules = rules;
        this.policies = policies;
        this.changes = changes;
    }

    @Override
    public String name() {
        return "UpdatePolicy";
    }

    @Override
    public Uni<ObjectNode> perform(RpcRequest request) {
        String account = request.caller().accountId();
        String name = PointText.name(request, "Name");
        return sessions.withStatelessTransaction(session -> PointPolicyStore.ROWS
                        .locked(session, account, name)
                        .chain(policy -> policies.rules(session, policy)
                                .map(named -> changed(request, policy, named))
                                .call(terms -> rules.hold(session, account, terms.rules()))
                                .chain(terms -> policies.change(session, policy, terms))))
                .invoke(() -> changes.fire(new AccessPointsChanged()))
                .replaceWith(WireJson::answer);
    }

    private static Terms changed(RpcRequest request, AccessPointPolicy policy, List<String> rules) {
        return new Terms(
                PointText.description(request, policy.description()),
                request.optional(PointPolicyText.PERMISSIONS) != null
                        ? PointPolicyText.permissions(request)
                        : PointText.list(policy.permissions()),
                request.optional(PointPolicyText.RESOURCES) != null
                        ? PointPolicyText.resources(request)
                        : PointText.list(policy.resources()),
                request.optional(PointPolicyText.RULES) != null ? PointPolicyText.rules(request) : rules);
    }
}
