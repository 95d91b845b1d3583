package io.gyre.api.ram;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.api.ram.AttachmentStore.PolicyName;
import io.gyre.api.wire.RamApi;
import io.gyre.api.wire.WireJson;
import io.gyre.rpc.RpcAction;
import io.gyre.rpc.RpcRequest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import org.hibernate.reactive.mutiny.Mutiny;

/** Lets a policy no longer speak for a user. */
@RamApi
@ApplicationScoped
public class DetachPolicyFromUser implements RpcAction {
    private final Mutiny.SessionFactory sessions;
    private final UserStore users;
    private final AttachmentStore attachments;
    private final Event<PoliciesChanged> changes;

    DetachPolicyFromUser(
            Mutiny.SessionFactory sessions,
            UserStore users,
            AttachmentStore attachments,
            Event<PoliciesChanged> changes) {
        this.sessions = sessions;
        this.users = users;
        this.attachments = attachments;
        this.changes = changes;
    }

    @Override
    public String name() {
        return "DetachPolicyFromUser";
    }

    @Override
    public Uni<ObjectNode> perform(RpcRequest request) {
        String account = request.caller().accountId();
        PolicyName policy = NamedPolicies.name(request);
        String name = RamText.userName(request);
        return sessions.withStatelessTransaction(session -> users.locked(session, account, name)
                        .chain(() -> attachments.remove(session, account, Principals.user(name), policy)))
                .invoke(removed -> {
                    if (!removed) {
                        throw RamFaults.policyNotAttached("User");
                    }
                })
                .invoke(() -> changes.fire(new PoliciesChanged(account)))
                .replaceWith(WireJson::answer);
    }
}
