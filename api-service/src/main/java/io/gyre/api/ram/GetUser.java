package io.gyre.api.ram;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.api.wire.RamApi;
import io.gyre.rpc.RpcAction;
import io.gyre.rpc.RpcRequest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.hibernate.reactive.mutiny.Mutiny;

/** Tells of a user. */
@RamApi
@ApplicationScoped
public class GetUser implements RpcAction {
    private final Mutiny.SessionFactory sessions;
    private final UserStore users;

    GetUser(Mutiny.SessionFactory sessions, UserStore users) {
        this.sessions = sessions;
        this.users = users;
    }

    @Override
    public String name() {
        return "GetUser";
    }

    @Override
    public Uni<ObjectNode> perform(RpcRequest request) {
        String account = request.caller().accountId();
        String name = RamText.userName(request);
        return sessions.withStatelessSession(session -> users.named(session, account, name))
                .map(user -> RamAnswers.one("User", RamAnswers.user(user)));
    }
}
