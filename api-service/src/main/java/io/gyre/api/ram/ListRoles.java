package io.gyre.api.ram;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.api.wire.RamApi;
import io.gyre.rpc.RpcAction;
import io.gyre.rpc.RpcRequest;
import io.gyre.store.RamRole;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.hibernate.reactive.mutiny.Mutiny;

/** Lists the account's roles by name. */
@RamApi
@ApplicationScoped
public class ListRoles implements RpcAction {
    private final Mutiny.SessionFactory sessions;
    private final RoleStore roles;

    ListRoles(Mutiny.SessionFactory sessions, RoleStore roles) {
        this.sessions = sessions;
        this.roles = roles;
    }

    @Override
    public String name() {
        return "ListRoles";
    }

    @Override
    public Uni<ObjectNode> perform(RpcRequest request) {
        String account = request.caller().accountId();
        RamPage page = RamPage.of(request);
        return sessions.withStatelessSession(session -> roles.page(session, account, page))
                .map(found -> page.answer("Roles", "Role", found, RamAnswers::role, RamRole::roleName));
    }
}
