package io.gyre.api.accesspoints;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.api.access.Installation;
import io.gyre.api.accesspoints.PointPolicyStore.Terms;
import io.gyre.api.calendar.InstallationCalendar;
import io.gyre.api.instances.InstanceStore;
import io.gyre.api.wire.KmsFaults;
import io.gyre.api.wire.WireJson;
import io.gyre.rpc.RpcAction;
import io.gyre.rpc.RpcRequest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.hibernate.reactive.mutiny.Mutiny;

/** Says what access points may do with the keys and secrets of one KMS instance. */
@ApplicationScoped
public class CreatePolicy implements RpcAction {
    private final Mutiny.SessionFactory sessions;
    private final InstallationCalendar calendar;
    private final InstanceStore instances;
    private final NetworkRuleStore rules;
    private final PointPolicyStore policies;
    private final Installation installation;

    CreatePolicy(
            Mutiny.SessionFactory sessions,
            InstallationCalendar calendar,
            InstanceStore instances,
            NetworkRuleStore rules,
            PointPolicyStore policies,
            Installation installation) {
        this.sessions = sessions;
        this.calendar = calendar;
        this.instances = instances;
        this.rules = rules;
        this.policies = policies;
        this.installation = installation;
    }

    @Override
    public String name() {
        return "CreatePolicy";
    }

    @Override
    public Uni<ObjectNode> perform(RpcRequest request) {
        String account = request.caller().accountId();
        String name = PointText.name(request, "Name");
        String instanceId = request.required("KmsInstance");
        Terms terms = new Terms(
                PointText.description(request, ""),
                PointPolicyText.permissions(request),
                PointPolicyText.resources(request),
                PointPolicyText.rules(request));
        return sessions.withStatelessTransaction(session -> instances
                        .found(session, account, instanceId)
                        .onItem()
                        .ifNull()
                        .failWith(KmsFaults::instanceNotFound)
                        .chain(instance -> rules.hold(session, account, terms.rules()))
                        .chain(() -> calendar.now(session))
                        .chain(now -> policies.add(session, account, name, instanceId, terms, now)))
                .replaceWith(() -> WireJson.answer()
                        .put("Arn", PointArn.policy(installation, account, name))
                        .put("Name", name)
                        .put("KmsInstance", instanceId)
                        .put("Permissions", PointText.json(terms.permissions()))
                        .put("Resources", PointText.json(terms.resources()))
                        .put("AccessControlRules", PointPolicyText.rules(terms.rules()))
                        .put("Description", terms.description()));
    }
}
