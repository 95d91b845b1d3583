package io.gyre.api.ram;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.api.password.Passwords;
import io.gyre.api.ram.LoginProfiles.Profile;
import io.gyre.api.wire.RamApi;
import io.gyre.api.wire.WireJson;
import io.gyre.rpc.RpcAction;
import io.gyre.rpc.RpcRequest;
import io.gyre.store.RamUser;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.hibernate.reactive.mutiny.Mutiny;

/** Gives a user another password for the console, which logs out whoever used the former one, or asks the user to choose one. */
@RamApi
@ApplicationScoped
public class UpdateLoginProfile implements RpcAction {
    private final Mutiny.SessionFactory sessions;
    private final UserStore users;
    private final LoginProfiles profiles;
    private final Passwords passwords;

    UpdateLoginProfile(Mutiny.SessionFactory sessions, UserStore users, LoginProfiles profiles, Passwords passwords) {
        this.sessions = sessions;
        this.users = users;
        this.profiles = profiles;
        this.passwords = passwords;
    }

    @Override
    public String name() {
        return "UpdateLoginProfile";
    }

    @Override
    public Uni<ObjectNode> perform(RpcRequest request) {
        String account = request.caller().accountId();
        String name = RamText.userName(request);
        LoginProfileText.refuseSecondFactor(request);
        return hash(request, name)
                .chain(hash -> sessions.withStatelessTransaction(
                        session -> users.locked(session, account, name).chain(user -> profiles.existing(session, user)
                                .chain(profile -> change(session, request, user, profile, hash)))))
                .replaceWith(WireJson::answer);
    }

    /** Empty where the password is to stay. */
    private Uni<Optional<String>> hash(RpcRequest request, String name) {
        return request.optional("Password") == null
                ? Uni.createFrom().item(Optional.empty())
                : passwords.hash(LoginProfileText.password(request, name)).map(Optional::of);
    }

    private Uni<Void> change(
            Mutiny.StatelessSession session, RpcRequest request, RamUser user, Profile profile, Optional<String> hash) {
        boolean reset = request.flag("PasswordResetRequired", profile.resetRequired());
        return hash.map(fresh -> profiles.replace(session, user, profile, fresh, reset))
                .orElseGet(() -> profiles.requireReset(session, user, reset));
    }
}
