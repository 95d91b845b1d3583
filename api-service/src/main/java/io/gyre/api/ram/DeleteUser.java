package io.gyre.api.ram;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.api.wire.RamApi;
import io.gyre.api.wire.WireJson;
import io.gyre.rpc.RpcAction;
import io.gyre.rpc.RpcRequest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.hibernate.reactive.mutiny.Mutiny;

/** Ends a user who has neither keys, nor policies, nor a password any more. */
@RamApi
@ApplicationScoped
public class DeleteUser implements RpcAction {
    private final Mutiny.SessionFactory sessions;
    private final UserStore users;
    private final UserKeys keys;
    private final AttachmentStore attachments;
    private final LoginProfiles profiles;

    DeleteUser(
            Mutiny.SessionFactory sessions,
            UserStore users,
            UserKeys keys,
            AttachmentStore attachments,
            LoginProfiles profiles) {
        this.sessions = sessions;
        this.users = users;
        this.keys = keys;
        this.attachments = attachments;
        this.profiles = profiles;
    }

    @Override
    public String name() {
        return "DeleteUser";
    }

    @Override
    public Uni<ObjectNode> perform(RpcRequest request) {
        String account = request.caller().accountId();
        String name = RamText.userName(request);
        return sessions.withStatelessTransaction(session -> users.locked(session, account, name)
                        .call(user -> refuseInUse(session, account, Principals.user(name)))
                        .call(user -> profiles.find(session, user.userId()).invoke(profile -> {
                            if (profile != null) {
                                throw RamFaults.userHasLoginProfile();
                            }
                        }))
                        .chain(user -> users.remove(session, user)))
                .replaceWith(WireJson::answer);
    }

    private Uni<Void> refuseInUse(Mutiny.StatelessSession session, String account, String principal) {
        return keys.locked(session, account, principal)
                .invoke(found -> {
                    if (!found.isEmpty()) {
                        throw RamFaults.userHasAccessKeys();
                    }
                })
                .chain(() -> attachments.ofPrincipal(session, account, principal))
                .invoke(found -> {
                    if (!found.isEmpty()) {
                        throw RamFaults.userHasPolicies();
                    }
                })
                .replaceWithVoid();
    }
}
