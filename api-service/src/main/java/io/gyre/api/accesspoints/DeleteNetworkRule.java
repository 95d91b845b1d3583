package io.gyre.api.accesspoints;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.api.wire.WireJson;
import io.gyre.rpc.RpcAction;
import io.gyre.rpc.RpcRequest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.hibernate.reactive.mutiny.Mutiny;

/** Ends a network rule that no policy names. */
@ApplicationScoped
public class DeleteNetworkRule implements RpcAction {
    private final Mutiny.SessionFactory sessions;
    private final NetworkRuleStore rules;

    DeleteNetworkRule(Mutiny.SessionFactory sessions, NetworkRuleStore rules) {
        this.sessions = sessions;
        this.rules = rules;
    }

    @Override
    public String name() {
        return "DeleteNetworkRule";
    }

    @Override
    public Uni<ObjectNode> perform(RpcRequest request) {
        String account = request.caller().accountId();
        String name = PointText.name(request, "Name");
        return sessions.withStatelessTransaction(session ->
                        NetworkRuleStore.ROWS.locked(session, account, name).chain(rule -> rules.remove(session, rule)))
                .replaceWith(WireJson::answer);
    }
}
