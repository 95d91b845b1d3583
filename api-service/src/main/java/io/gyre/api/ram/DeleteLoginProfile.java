package io.gyre.api.ram;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.api.wire.RamApi;
import io.gyre.api.wire.WireJson;
import io.gyre.rpc.RpcAction;
import io.gyre.rpc.RpcRequest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.hibernate.reactive.mutiny.Mutiny;

/** Takes a user's password for the console away, and logs out whoever used it. */
@RamApi
@ApplicationScoped
public class DeleteLoginProfile implements RpcAction {
    private final Mutiny.SessionFactory sessions;
    private final UserStore users;
    private final LoginProfiles profiles;

    DeleteLoginProfile(Mutiny.SessionFactory sessions, UserStore users, LoginProfiles profiles) {
        this.sessions = sessions;
        this.users = users;
        this.profiles = profiles;
    }

    @Override
    public String name() {
        return "DeleteLoginProfile";
    }

    @Override
    public Uni<ObjectNode> perform(RpcRequest request) {
        String account = request.caller().accountId();
        String name = RamText.userName(request);
        return sessions.withStatelessTransaction(session -> users.locked(session, account, name)
                        .call(user -> profiles.existing(session, user))
                        .chain(user -> profiles.remove(session, user)))
                .replaceWith(WireJson::answer);
    }
}
