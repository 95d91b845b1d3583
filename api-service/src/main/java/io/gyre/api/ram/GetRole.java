package io.gyre.api.ram;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.api.wire.RamApi;
import io.gyre.rpc.RpcAction;
import io.gyre.rpc.RpcRequest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.hibernate.reactive.mutiny.Mutiny;

/** Tells of a role and whom it trusts. */
@RamApi
@ApplicationScoped
public class GetRole implements RpcAction {
    private final Mutiny.SessionFactory sessions;
    private final RoleStore roles;

    GetRole(Mutiny.SessionFactory sessions, RoleStore roles) {
        this.sessions = sessions;
        this.roles = roles;
    }

    @Override
    public String name() {
        return "GetRole";
    }

    @Override
    public Uni<ObjectNode> perform(RpcRequest request) {
        String account = request.caller().accountId();
        String name = RamText.roleName(request);
        return sessions.withStatelessSession(session -> roles.named(session, account, name))
                .map(role -> RamAnswers.one("Role", RamAnswers.wholeRole(role)));
    }
}
