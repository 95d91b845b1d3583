package io.gyre.api.ram;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.api.wire.RamApi;
import io.gyre.api.wire.WireJson;
import io.gyre.rpc.RpcAction;
import io.gyre.rpc.RpcRequest;
import io.gyre.store.RamPolicy;
import io.gyre.store.RamPolicyVersion;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.hibernate.reactive.mutiny.Mutiny;

/** Ends a version of a policy that is not its default one. */
@RamApi
@ApplicationScoped
public class DeletePolicyVersion implements RpcAction {
    private final Mutiny.SessionFactory sessions;
    private final PolicyStore policies;

    DeletePolicyVersion(Mutiny.SessionFactory sessions, PolicyStore policies) {
        this.sessions = sessions;
        this.policies = policies;
    }

    @Override
    public String name() {
        return "DeletePolicyVersion";
    }

    @Override
    public Uni<ObjectNode> perform(RpcRequest request) {
        String account = request.caller().accountId();
        String name = RamText.policyName(request);
        String version = PolicyVersions.id(request);
        return sessions.withStatelessTransaction(session -> policies.locked(session, account, name)
                        .chain(policy -> policies.version(session, policy, version)
                                .invoke(found -> refuseDefault(policy, found)))
                        .chain(found -> policies.removeVersion(session, found)))
                .replaceWith(WireJson::answer);
    }

    private static void refuseDefault(RamPolicy policy, RamPolicyVersion version) {
        if (version.versionId().equals(policy.defaultVersion())) {
            throw RamFaults.defaultVersion();
        }
    }
}
