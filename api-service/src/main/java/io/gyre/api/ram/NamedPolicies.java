package io.gyre.api.ram;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.api.ram.AttachmentStore.PolicyName;
import io.gyre.api.wire.WireTime;
import io.gyre.rpc.RpcFault;
import io.gyre.rpc.RpcRequest;
import io.gyre.store.RamPolicyAttachment;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny;

/** Policies of either type as requests name them, by PolicyType and PolicyName. */
@ApplicationScoped
class NamedPolicies {
    private final PolicyStore policies;

    NamedPolicies(PolicyStore policies) {
        this.policies = policies;
    }

    /** @throws RpcFault MissingParameter or InvalidParameter; whether there is such a policy is not looked at */
    static PolicyName name(RpcRequest request) {
        return new PolicyName(PolicyType.required(request), RamText.policyName(request));
    }

    /**
     * The policy as RAM tells of it.
     *
     * @return fails with an {@link RpcFault} (EntityNotExist.Policy)
     */
    Uni<ObjectNode> describe(Mutiny.StatelessSession session, String account, PolicyName name) {
        return name.type().equals(PolicyType.SYSTEM)
                ? Uni.createFrom().item(RamAnswers.policy(system(name)))
                : policies.named(session, account, name.name()).map(RamAnswers::policy);
    }

    /** The same of several, each with when it was attached. */
    Uni<List<ObjectNode>> describe(
            Mutiny.StatelessSession session, String account, List<RamPolicyAttachment> attached) {
        List<ObjectNode> policiesInOrder = new ArrayList<>();
        Uni<Void> described = Uni.createFrom().voidItem();
        for (RamPolicyAttachment each : attached) {
            described = described
                    .chain(() -> describe(session, account, new PolicyName(each.policyType(), each.policyName())))
                    .invoke(policy -> policiesInOrder.add(policy.put("AttachDate", WireTime.text(each.attachedAt()))))
                    .replaceWithVoid();
        }
        return described.replaceWith(policiesInOrder);
    }

    /**
     * Of the same, all versions, the oldest first.
     *
     * @return fails with an {@link RpcFault} (EntityNotExist.Policy)
     */
    Uni<List<ObjectNode>> versions(Mutiny.StatelessSession session, String account, PolicyName name) {
        if (name.type().equals(PolicyType.SYSTEM)) {
            return Uni.createFrom().item(List.of(RamAnswers.version(system(name))));
        }
        return policies.named(session, account, name.name())
                .chain(policy -> policies.versions(session, policy).map(versions -> versions.stream()
                        .map(version ->
                                RamAnswers.version(version, version.versionId().equals(policy.defaultVersion())))
                        .toList()));
    }

    /**
     * Makes sure that there is such a policy until the transaction ends.
     *
     * @return fails with an {@link RpcFault} (EntityNotExist.Policy)
     */
    Uni<Void> hold(Mutiny.StatelessSession session, String account, PolicyName name) {
        if (name.type().equals(PolicyType.SYSTEM)) {
            system(name);
            return Uni.createFrom().voidItem();
        }
        return policies.locked(session, account, name.name()).replaceWithVoid();
    }

    private static SystemPolicies.SystemPolicy system(PolicyName name) {
        return SystemPolicies.find(name.name()).orElseThrow(RamFaults::noSuchPolicy);
    }
}
