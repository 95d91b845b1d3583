package io.gyre.api.ram;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.api.calendar.InstallationCalendar;
import io.gyre.api.password.Passwords;
import io.gyre.api.wire.RamApi;
import io.gyre.rpc.RpcAction;
import io.gyre.rpc.RpcRequest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.hibernate.reactive.mutiny.Mutiny;

/** Gives a user a password for the console. */
@RamApi
@ApplicationScoped
public class CreateLoginProfile implements RpcAction {
    private final Mutiny.SessionFactory sessions;
    private final InstallationCalendar calendar;
    private final UserStore users;
    private final LoginProfiles profiles;
    private final Passwords passwords;

    CreateLoginProfile(
            Mutiny.SessionFactory sessions,
            InstallationCalendar calendar,
            UserStore users,
            LoginProfiles profiles,
            Passwords passwords) {
        this.sessions = sessions;
        this.calendar = calendar;
        this.users = users;
        this.profiles = profiles;
        this.passwords = passwords;
    }

    @Override
    public String name() {
        return "CreateLoginProfile";
    }

    @Override
    public Uni<ObjectNode> perform(RpcRequest request) {
        String account = request.caller().accountId();
        String name = RamText.userName(request);
        boolean reset = request.flag("PasswordResetRequired", false);
        LoginProfileText.refuseSecondFactor(request);
        return passwords
                .hash(LoginProfileText.password(request, name))
                .chain(hash -> sessions.withStatelessTransaction(session -> users.locked(session, account, name)
                        .call(user -> calendar.now(session).chain(now -> profiles.add(session, user, hash, reset, now)))
                        .chain(user -> profiles.existing(session, user))))
                .map(profile -> RamAnswers.one("LoginProfile", RamAnswers.loginProfile(name, profile)));
    }
}
