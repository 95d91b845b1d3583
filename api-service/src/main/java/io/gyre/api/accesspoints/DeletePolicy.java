package io.gyre.api.accesspoints;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.api.wire.WireJson;
import io.gyre.rpc.RpcAction;
import io.gyre.rpc.RpcRequest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.hibernate.reactive.mutiny.Mutiny;

/** Ends a policy that no access point has. */
@ApplicationScoped
public class DeletePolicy implements RpcAction {
    private final Mutiny.SessionFactory sessions;
    private final PointPolicyStore policies;

    DeletePolicy(Mutiny.SessionFactory sessions, PointPolicyStore policies) {
        this.sessions = sessions;
        this.policies = policies;
    }

    @Override
    public String name() {
        return "DeletePolicy";
    }

    @Override
    public Uni<ObjectNode> perform(RpcRequest request) {
        String account = request.caller().accountId();
        String name = PointText.name(request, "Name");
        return sessions.withStatelessTransaction(session -> PointPolicyStore.ROWS
                        .locked(session, account, name)
                        .chain(policy -> policies.remove(session, policy)))
                .replaceWith(WireJson::answer);
    }
}
