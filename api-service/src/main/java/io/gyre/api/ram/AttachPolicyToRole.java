package io.gyre.api.ram;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.api.calendar.InstallationCalendar;
import io.gyre.api.ram.AttachmentStore.PolicyName;
import io.gyre.api.wire.RamApi;
import io.gyre.api.wire.WireJson;
import io.gyre.rpc.RpcAction;
import io.gyre.rpc.RpcRequest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import org.hibernate.reactive.mutiny.Mutiny;

/** Lets a policy speak for a role. */
@RamApi
@ApplicationScoped
public class AttachPolicyToRole implements RpcAction {
    private final Mutiny.SessionFactory sessions;
    private final InstallationCalendar calendar;
    private final RoleStore roles;
    private final NamedPolicies named;
    private final AttachmentStore attachments;
    private final Event<PoliciesChanged> changes;

    AttachPolicyToRole(
            Mutiny.SessionFactory sessions,
            InstallationCalendar calendar,
            RoleStore roles,
            NamedPolicies named,
            AttachmentStore attachments,
            Event<PoliciesChanged> changes) {
        this.sessions = sessions;
        this.calendar = calendar;
        this.roles = roles;
        this.named = named;
        this.attachments = attachments;
        this.changes = changes;
    }

    @Override
    public String name() {
        return "AttachPolicyToRole";
    }

    @Override
    public Uni<ObjectNode> perform(RpcRequest request) {
        String account = request.caller().accountId();
        PolicyName policy = NamedPolicies.name(request);
        String name = RamText.roleName(request);
        return sessions.withStatelessTransaction(session -> roles.locked(session, account, name)
                        .chain(() -> named.hold(session, account, policy))
                        .chain(() -> calendar.now(session))
                        .chain(now -> attachments.add(session, account, Principals.role(name), policy, now)))
                .invoke(added -> {
                    if (!added) {
                        throw RamFaults.policyAttached("Role");
                    }
                })
                .invoke(() -> changes.fire(new PoliciesChanged(account)))
                .replaceWith(WireJson::answer);
    }
}
