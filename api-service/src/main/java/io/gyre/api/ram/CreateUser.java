package io.gyre.api.ram;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.api.calendar.InstallationCalendar;
import io.gyre.api.wire.RamApi;
import io.gyre.rpc.RpcAction;
import io.gyre.rpc.RpcRequest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.hibernate.reactive.mutiny.Mutiny;

/** Makes a RAM user, who may do nothing until a policy is attached. */
@RamApi
@ApplicationScoped
public class CreateUser implements RpcAction {
    private final Mutiny.SessionFactory sessions;
    private final InstallationCalendar calendar;
    private final UserStore users;

    CreateUser(Mutiny.SessionFactory sessions, InstallationCalendar calendar, UserStore users) {
        this.sessions = sessions;
        this.calendar = calendar;
        this.users = users;
    }

    @Override
    public String name() {
        return "CreateUser";
    }

    @Override
    public Uni<ObjectNode> perform(RpcRequest request) {
        String account = request.caller().accountId();
        String name = RamText.userName(request);
        UserStore.About about = new UserStore.About(
                RamText.userField(request, "DisplayName"),
                RamText.userField(request, "MobilePhone"),
                RamText.userField(request, "Email"),
                RamText.userField(request, "Comments"));
        return sessions.withStatelessTransaction(
                        session -> calendar.now(session).chain(now -> users.add(session, account, name, about, now)))
                .map(user -> RamAnswers.one("User", RamAnswers.user(user)));
    }
}
