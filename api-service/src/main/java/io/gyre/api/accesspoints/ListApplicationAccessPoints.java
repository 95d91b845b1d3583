package io.gyre.api.accesspoints;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.api.wire.Page;
import io.gyre.api.wire.WireJson;
import io.gyre.rpc.RpcAction;
import io.gyre.rpc.RpcRequest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.hibernate.reactive.mutiny.Mutiny;

/** Lists the account's access points by name. */
@ApplicationScoped
public class ListApplicationAccessPoints implements RpcAction {
    private final Mutiny.SessionFactory sessions;

    ListApplicationAccessPoints(Mutiny.SessionFactory sessions) {
        this.sessions = sessions;
    }

    @Override
    public String name() {
        return "ListApplicationAccessPoints";
    }

    @Override
    public Uni<ObjectNode> perform(RpcRequest request) {
        Page page = Page.of(request);
        String account = request.caller().accountId();
        return sessions.withStatelessSession(
                session -> AccessPointStore.ROWS.page(session, account, page).chain(found -> AccessPointStore.ROWS
                        .count(session, account)
                        .map(total -> PointAnswers.page(
                                "ApplicationAccessPoints",
                                "ApplicationAccessPoint",
                                found,
                                point -> WireJson.answer()
                                        .put("Name", point.name())
                                        .put("AuthenticationMethod", PointAnswers.AUTHENTICATION),
                                page,
                                total))));
    }
}
