package io.gyre.api.ram;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.api.ram.AttachmentStore.PolicyName;
import io.gyre.api.wire.RamApi;
import io.gyre.rpc.RpcAction;
import io.gyre.rpc.RpcRequest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.hibernate.reactive.mutiny.Mutiny;

/** Tells what one version of a policy says. */
@RamApi
@ApplicationScoped
public class GetPolicyVersion implements RpcAction {
    private final Mutiny.SessionFactory sessions;
    private final NamedPolicies named;

    GetPolicyVersion(Mutiny.SessionFactory sessions, NamedPolicies named) {
        this.sessions = sessions;
        this.named = named;
    }

    @Override
    public String name() {
        return "GetPolicyVersion";
    }

    @Override
    public Uni<ObjectNode> perform(RpcRequest request) {
        String account = request.caller().accountId();
        PolicyName name = NamedPolicies.name(request);
        String version = request.required("VersionId");
        return sessions.withStatelessSession(session -> named.versions(session, account, name))
                .map(versions -> versions.stream()
                        .filter(each -> each.path("VersionId").asText().equals(version))
                        .findFirst()
                        .orElseThrow(RamFaults::noSuchVersion))
                .map(found -> RamAnswers.one("PolicyVersion", found));
    }
}
