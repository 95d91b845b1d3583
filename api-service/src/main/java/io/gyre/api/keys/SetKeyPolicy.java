package io.gyre.api.keys;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.api.wire.ResourcePolicy;
import io.gyre.rpc.RpcAction;
import io.gyre.rpc.RpcRequest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Sets who may do what with a key of a KMS instance. */
@ApplicationScoped
public class SetKeyPolicy implements RpcAction {
    private final KeyChanges changes;

    SetKeyPolicy(KeyChanges changes) {
        this.changes = changes;
    }

    @Override
    public String name() {
        return "SetKeyPolicy";
    }

    @Override
    public Uni<ObjectNode> perform(RpcRequest request) {
        String policy = request.required("Policy");
        ResourcePolicy.checkName(request);
        ResourcePolicy.check(policy);
        return changes.change(request, "KeyId", (key, now) -> {
            KeyRules.refuseOutsideInstance(key);
            KeyRules.refusePendingDeletion(key);
            return key.governedBy(policy);
        });
    }
}
