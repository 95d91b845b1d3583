package io.gyre.api.accesspoints;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.api.wire.Page;
import io.gyre.api.wire.WireJson;
import io.gyre.rpc.RpcAction;
import io.gyre.rpc.RpcRequest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.hibernate.reactive.mutiny.Mutiny;

/** Lists the account's policies of access points by name. */
@ApplicationScoped
public class ListPolicies implements RpcAction {
    private final Mutiny.SessionFactory sessions;

    ListPolicies(Mutiny.SessionFactory sessions) {
        this.sessions = sessions;
    }

    @Override
    public String name() {
        return "ListPolicies";
    }

    @Override
    public Uni<ObjectNode> perform(RpcRequest request) {
        Page page = Page.of(request);
        String account = request.caller().accountId();
        return sessions.withStatelessSession(
                session -> PointPolicyStore.ROWS.page(session, account, page).chain(found -> PointPolicyStore.ROWS
                        .count(session, account)
                        .map(total -> PointAnswers.page(
                                "Policies",
                                "Policy",
                                found,
                                policy -> WireJson.answer().put("Name", policy.name()),
                                page,
                                total))));
    }
}
