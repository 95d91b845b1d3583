package io.gyre.api.accesspoints;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.api.wire.WireJson;
import io.gyre.rpc.RpcAction;
import io.gyre.rpc.RpcRequest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import org.hibernate.reactive.mutiny.Mutiny;

/** Names other source addresses, or describes a network rule otherwise; what is not given stays. */
@ApplicationScoped
public class UpdateNetworkRule implements RpcAction {
    private final Mutiny.SessionFactory sessions;
    private final NetworkRuleStore rules;
    private final Event<AccessPointsChanged> changes;

    UpdateNetworkRule(Mutiny.SessionFactory sessions, NetworkRuleStore rules, Event<AccessPointsChanged> changes) {
        this.sessions = sessions;
        this.rules = rules;
        this.changes = changes;
    }

    @Override
    public String name() {
        return "UpdateNetworkRule";
    }

    @Override
    public Uni<ObjectNode> perform(RpcRequest request) {
        String account = request.caller().accountId();
        String name = PointText.name(request, "Name");
        return sessions.withStatelessTransaction(session -> NetworkRuleStore.ROWS
                        .locked(session, account, name)
                        .chain(rule -> rules.change(
                                session,
                                rule,
                                PointText.description(request, rule.description()),
                                NetworkSources.changed(request, PointText.list(rule.sources())))))
                .invoke(() -> changes.fire(new AccessPointsChanged()))
                .replaceWith(WireJson::answer);
    }
}
