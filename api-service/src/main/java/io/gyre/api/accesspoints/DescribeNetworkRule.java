package io.gyre.api.accesspoints;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.api.access.Installation;
import io.gyre.api.wire.WireJson;
import io.gyre.rpc.RpcAction;
import io.gyre.rpc.RpcRequest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.hibernate.reactive.mutiny.Mutiny;

/** Tells which source addresses a network rule names. */
@ApplicationScoped
public class DescribeNetworkRule implements RpcAction {
    private final Mutiny.SessionFactory sessions;
    private final Installation installation;

    DescribeNetworkRule(Mutiny.SessionFactory sessions, Installation installation) {
        this.sessions = sessions;
        this.installation = installation;
    }

    @Override
    public String name() {
        return "DescribeNetworkRule";
    }

    @Override
    public Uni<ObjectNode> perform(RpcRequest request) {
        String account = request.caller().accountId();
        String name = PointText.name(request, "Name");
        return sessions.withStatelessSession(session -> NetworkRuleStore.ROWS.named(session, account, name))
                .map(rule -> WireJson.answer()
                        .put("Arn", PointArn.networkRule(installation, account, name))
                        .put("Type", PointAnswers.PRIVATE)
                        .put("SourcePrivateIp", rule.sources())
                        .put("Description", rule.description()));
    }
}
