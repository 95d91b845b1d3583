package io.gyre.api.ram;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.api.wire.RamApi;
import io.gyre.api.wire.WireJson;
import io.gyre.rpc.RpcAction;
import io.gyre.rpc.RpcRequest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.hibernate.reactive.mutiny.Mutiny;

/** Lists the policies that speak for a role. */
@RamApi
@ApplicationScoped
public class ListPoliciesForRole implements RpcAction {
    private final Mutiny.SessionFactory sessions;
    private final RoleStore roles;
    private final NamedPolicies named;
    private final AttachmentStore attachments;

    ListPoliciesForRole(
            Mutiny.SessionFactory sessions, RoleStore roles, NamedPolicies named, AttachmentStore attachments) {
        this.sessions = sessions;
        this.roles = roles;
        this.named = named;
        this.attachments = attachments;
    }

    @Override
    public String name() {
        return "ListPoliciesForRole";
    }

    @Override
    public Uni<ObjectNode> perform(RpcRequest request) {
        String account = request.caller().accountId();
        String name = RamText.roleName(request);
        return sessions.withStatelessSession(session -> roles.named(session, account, name)
                        .chain(() -> attachments.ofPrincipal(session, account, Principals.role(name)))
                        .chain(found -> named.describe(session, account, found)))
                .map(policies -> {
                    ObjectNode answer = WireJson.answer();
                    WireJson.list(answer, "Policies", "Policy").addAll(policies);
                    return answer;
                });
    }
}
