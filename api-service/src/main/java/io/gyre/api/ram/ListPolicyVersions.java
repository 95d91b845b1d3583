package io.gyre.api.ram;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.api.ram.AttachmentStore.PolicyName;
import io.gyre.api.wire.RamApi;
import io.gyre.api.wire.WireJson;
import io.gyre.rpc.RpcAction;
import io.gyre.rpc.RpcRequest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.hibernate.reactive.mutiny.Mutiny;

/** Lists all versions of a policy, the oldest first. */
@RamApi
@ApplicationScoped
public class ListPolicyVersions implements RpcAction {
    private final Mutiny.SessionFactory sessions;
    private final NamedPolicies named;

    ListPolicyVersions(Mutiny.SessionFactory sessions, NamedPolicies named) {
        this.sessions = sessions;
        this.named = named;
    }

    @Override
    public String name() {
        return "ListPolicyVersions";
    }

    @Override
    public Uni<ObjectNode> perform(RpcRequest request) {
        String account = request.caller().accountId();
        PolicyName name = NamedPolicies.name(request);
        return sessions.withStatelessSession(session -> named.versions(session, account, name))
                .map(versions -> {
                    ObjectNode answer = WireJson.answer();
                    WireJson.list(answer, "PolicyVersions", "PolicyVersion").addAll(versions);
                    return answer;
                });
    }
}
