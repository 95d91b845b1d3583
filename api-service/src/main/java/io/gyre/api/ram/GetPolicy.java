package io.gyre.api.ram;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.api.ram.AttachmentStore.PolicyName;
import io.gyre.api.wire.RamApi;
import io.gyre.rpc.RpcAction;
import io.gyre.rpc.RpcRequest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny;

/** Tells of a policy, and what its default version says. */
@RamApi
@ApplicationScoped
public class GetPolicy implements RpcAction {
    private final Mutiny.SessionFactory sessions;
    private final NamedPolicies named;
    private final AttachmentStore attachments;

    GetPolicy(Mutiny.SessionFactory sessions, NamedPolicies named, AttachmentStore attachments) {
        this.sessions = sessions;
        this.named = named;
        this.attachments = attachments;
    }

    @Override
    public String name() {
        return "GetPolicy";
    }

    @Override
    public Uni<ObjectNode> perform(RpcRequest request) {
        String account = request.caller().accountId();
        PolicyName name = NamedPolicies.name(request);
        return sessions.withStatelessSession(session -> named.describe(session, account, name)
                .call(policy -> attachments
                        .ofPolicy(session, account, name)
                        .invoke(attached -> policy.put("AttachmentCount", attached.size())))
                .chain(policy -> named.versions(session, account, name).map(versions -> answer(policy, versions))));
    }

    private static ObjectNode answer(ObjectNode policy, List<ObjectNode> versions) {
        ObjectNode answer = RamAnswers.one("Policy", policy);
        versions.stream()
                .filter(version -> version.path("IsDefaultVersion").asBoolean())
                .forEach(version -> answer.set("DefaultPolicyVersion", version));
        return answer;
    }
}
