package io.gyre.api.accesspoints;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.api.wire.Page;
import io.gyre.api.wire.WireJson;
import io.gyre.rpc.RpcAction;
import io.gyre.rpc.RpcRequest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.hibernate.reactive.mutiny.Mutiny;

/** Lists the account's network rules by name. */
@ApplicationScoped
public class ListNetworkRules implements RpcAction {
    private final Mutiny.SessionFactory sessions;

    ListNetworkRules(Mutiny.SessionFactory sessions) {
        this.sessions = sessions;
    }

    @Override
    public String name() {
        return "ListNetworkRules";
    }

    @Override
    public Uni<ObjectNode> perform(RpcRequest request) {
        Page page = Page.of(request);
        String account = request.caller().accountId();
        return sessions.withStatelessSession(
                session -> NetworkRuleStore.ROWS.page(session, account, page).chain(found -> NetworkRuleStore.ROWS
                        .count(session, account)
                        .map(total -> PointAnswers.page(
                                "NetworkRules",
                                "NetworkRule",
                                found,
                                rule -> WireJson.answer()
                                        .put("Name", rule.name())
                                        .put("Type", PointAnswers.PRIVATE),
                                page,
                                total))));
    }
}
