package io.gyre.api.keys;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.rpc.RpcAction;
import io.gyre.rpc.RpcRequest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Keeps a key from being used, and with it the secrets that it encrypts, until it is enabled again. */
@ApplicationScoped
public class DisableKey implements RpcAction {
    private final KeyChanges changes;

    DisableKey(KeyChanges changes) {
        this.changes = changes;
    }

    @Override
    public String name() {
        return "DisableKey";
    }

    @Override
    public Uni<ObjectNode> perform(RpcRequest request) {
        return changes.change(request, "KeyId", (key, now) -> {
            KeyRules.refuseServiceKey(key);
            KeyRules.refusePendingDeletion(key);
            return key.disabled();
        });
    }
}
