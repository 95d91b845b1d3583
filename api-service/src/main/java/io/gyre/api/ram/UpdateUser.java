package io.gyre.api.ram;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.api.calendar.InstallationCalendar;
import io.gyre.api.wire.RamApi;
import io.gyre.rpc.RpcAction;
import io.gyre.rpc.RpcRequest;
import io.gyre.store.RamUser;
import io.gyre.store.StoredAccessKey;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.util.List;
import org.hibernate.exception.ConstraintViolationException;
import org.hibernate.reactive.mutiny.Mutiny;

/** Says otherwise what was said of a user, or names the user anew: its keys and policies go along. */
@RamApi
@ApplicationScoped
public class UpdateUser implements RpcAction {
    private final Mutiny.SessionFactory sessions;
    private final InstallationCalendar calendar;
    private final UserStore users;
    private final UserKeys keys;
    private final AttachmentStore attachments;
    private final Event<AccessKeyChanged> changes;
    private final Event<PoliciesChanged> policyChanges;

    UpdateUser(
            Mutiny.SessionFactory sessions,
            InstallationCalendar calendar,
            UserStore users,
            UserKeys keys,
            AttachmentStore attachments,
            Event<AccessKeyChanged> changes,
            Event<PoliciesChanged> policyChanges) {
        this.sessions = sessions;
        this.calendar = calendar;
        this.users = users;
        this.keys = keys;
        this.attachments = attachments;
        this.changes = changes;
        this.policyChanges = policyChanges;
    }

    @Override
    public String name() {
        return "UpdateUser";
    }

    @Override
    public Uni<ObjectNode> perform(RpcRequest request) {
        String account = request.caller().accountId();
        String name = RamText.userName(request);
        String given = request.text("NewUserName");
        String newName = given == null || given.isEmpty() ? name : RamText.userName("NewUserName", given);
        return sessions.withStatelessTransaction(session -> users.locked(session, account, name)
                        .call(user -> refuseTaken(session, account, name, newName))
                        .call(user -> calendar.now(session)
                                .chain(now -> users.change(session, user, newName, about(request, user), now)))
                        .chain(() -> renamed(session, account, name, newName)))
                // Of two calls that give one name at once, the second.
                .onFailure(ConstraintViolationException.class)
                .transform(taken -> RamFaults.userExists())
                .invoke(moved -> moved.forEach(key -> changes.fire(new AccessKeyChanged(key.accessKeyId()))))
                .invoke(() -> policyChanges.fire(new PoliciesChanged(account)))
                .chain(() -> sessions.withStatelessSession(session -> users.named(session, account, newName)))
                .map(user -> RamAnswers.one("User", RamAnswers.user(user)));
    }

    private Uni<Void> refuseTaken(Mutiny.StatelessSession session, String account, String name, String newName) {
        if (newName.equals(name)) {
            return Uni.createFrom().voidItem();
        }
        return session.get(RamUser.class, new RamUser.Key(account, newName))
                .invoke(taken -> {
                    if (taken != null) {
                        throw RamFaults.userExists();
                    }
                })
                .replaceWithVoid();
    }

    /** @return the keys that identify a user of another name from now on */
    private Uni<List<StoredAccessKey>> renamed(
            Mutiny.StatelessSession session, String account, String name, String newName) {
        if (newName.equals(name)) {
            return Uni.createFrom().item(List.of());
        }
        String old = Principals.user(name);
        String principal = Principals.user(newName);
        return keys.locked(session, account, old)
                .call(moved -> keys.rename(session, account, old, principal))
                .call(moved -> attachments.rename(session, account, old, principal));
    }

    private static UserStore.About about(RpcRequest request, RamUser user) {
        return new UserStore.About(
                RamText.changedUserField(request, "NewDisplayName", user.displayName()),
                RamText.changedUserField(request, "NewMobilePhone", user.mobilePhone()),
                RamText.changedUserField(request, "NewEmail", user.email()),
                RamText.changedUserField(request, "NewComments", user.comments()));
    }
}
