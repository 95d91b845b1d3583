package io.gyre.api.ram;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.api.wire.RamApi;
import io.gyre.rpc.RpcAction;
import io.gyre.rpc.RpcRequest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.hibernate.reactive.mutiny.Mutiny;

/** Whether a user has a password for the console, and since when. */
@RamApi
@ApplicationScoped
public class GetLoginProfile implements RpcAction {
    private final Mutiny.SessionFactory sessions;
    private final UserStore users;
    private final LoginProfiles profiles;

    GetLoginProfile(Mutiny.SessionFactory sessions, UserStore users, LoginProfiles profiles) {
        this.sessions = sessions;
        this.users = users;
        this.profiles = profiles;
    }

    @Override
    public String name() {
        return "GetLoginProfile";
    }

    @Override
    public Uni<ObjectNode> perform(RpcRequest request) {
        String account = request.caller().accountId();
        String name = RamText.userName(request);
        return sessions.withStatelessSession(
                        session -> users.named(session, account, name).chain(user -> profiles.existing(session, user)))
                .map(profile -> RamAnswers.one("LoginProfile", RamAnswers.loginProfile(name, profile)));
    }
}
