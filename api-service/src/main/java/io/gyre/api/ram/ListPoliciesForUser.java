package io.gyre.api.ram;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.api.wire.RamApi;
import io.gyre.api.wire.WireJson;
import io.gyre.rpc.RpcAction;
import io.gyre.rpc.RpcRequest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.hibernate.reactive.mutiny.Mutiny;

/** Lists the policies that speak for a user. */
@RamApi
@ApplicationScoped
public class ListPoliciesForUser implements RpcAction {
    private final Mutiny.SessionFactory sessions;
    private final UserStore users;
    private final NamedPolicies named;
    private final AttachmentStore attachments;

    ListPoliciesForUser(
            Mutiny.SessionFactory sessions, UserStore users, NamedPolicies named, AttachmentStore attachments) {
        this.sessions = sessions;
        this.users = users;
        this.named = named;
        this.attachments = attachments;
    }

    @Override
    public String name() {
        return "ListPoliciesForUser";
    }

    @Override
    public Uni<ObjectNode> perform(RpcRequest request) {
        String account = request.caller().accountId();
        String name = RamText.userName(request);
        return sessions.withStatelessSession(session -> users.named(session, account, name)
                        .chain(() -> attachments.ofPrincipal(session, account, Principals.user(name)))
                        .chain(found -> named.describe(session, account, found)))
                .map(policies -> {
                    ObjectNode answer = WireJson.answer();
                    WireJson.list(answer, "Policies", "Policy").addAll(policies);
                    return answer;
                });
    }
}
