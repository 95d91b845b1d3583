package io.gyre.api.ram;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.api.wire.RamApi;
import io.gyre.api.wire.WireJson;
import io.gyre.rpc.RpcAction;
import io.gyre.rpc.RpcRequest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import org.hibernate.reactive.mutiny.Mutiny;

/** Ends a role that has no policies any more, and its sessions: in this process at once, in others within 5 s. */
@RamApi
@ApplicationScoped
public class DeleteRole implements RpcAction {
    private final Mutiny.SessionFactory sessions;
    private final RoleStore roles;
    private final AttachmentStore attachments;
    private final Event<RoleDeleted> deletions;

    DeleteRole(
            Mutiny.SessionFactory sessions,
            RoleStore roles,
            AttachmentStore attachments,
            Event<RoleDeleted> deletions) {
        this.sessions = sessions;
        this.roles = roles;
        this.attachments = attachments;
        this.deletions = deletions;
    }

    @Override
    public String name() {
        return "DeleteRole";
    }

    @Override
    public Uni<ObjectNode> perform(RpcRequest request) {
        String account = request.caller().accountId();
        String name = RamText.roleName(request);
        return sessions.withStatelessTransaction(session -> roles.locked(session, account, name)
                        .call(role -> attachments
                                .ofPrincipal(session, account, Principals.role(name))
                                .invoke(attached -> {
                                    if (!attached.isEmpty()) {
                                        throw RamFaults.roleHasPolicies();
                                    }
                                }))
                        .chain(role -> roles.remove(session, role)))
                .invoke(() -> deletions.fire(new RoleDeleted(account, name)))
                .replaceWith(WireJson::answer);
    }
}
