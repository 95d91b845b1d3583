package io.gyre.api.ram;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.api.wire.RamApi;
import io.gyre.rpc.RpcAction;
import io.gyre.rpc.RpcRequest;
import io.gyre.store.RamUser;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.hibernate.reactive.mutiny.Mutiny;

/** Lists the account's users by name. */
@RamApi
@ApplicationScoped
public class ListUsers implements RpcAction {
    private final Mutiny.SessionFactory sessions;
    private final UserStore users;

    ListUsers(Mutiny.SessionFactory sessions, UserStore users) {
        this.sessions = sessions;
        this.users = users;
    }

    @Override
    public String name() {
        return "ListUsers";
    }

    @Override
    public Uni<ObjectNode> perform(RpcRequest request) {
        String account = request.caller().accountId();
        RamPage page = RamPage.of(request);
        return sessions.withStatelessSession(session -> users.page(session, account, page))
                .map(found -> page.answer("Users", "User", found, RamAnswers::user, RamUser::userName));
    }
}
