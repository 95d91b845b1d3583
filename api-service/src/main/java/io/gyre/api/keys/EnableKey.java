package io.gyre.api.keys;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.rpc.RpcAction;
import io.gyre.rpc.RpcRequest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Lets a key be used again; where it can be already, nothing changes. */
@ApplicationScoped
public class EnableKey implements RpcAction {
    private final KeyChanges changes;

    EnableKey(KeyChanges changes) {
        this.changes = changes;
    }

    @Override
    public String name() {
        return "EnableKey";
    }

    @Override
    public Uni<ObjectNode> perform(RpcRequest request) {
        return changes.change(request, "KeyId", (key, now) -> {
            KeyRules.refusePendingDeletion(key);
            return key.enabled();
        });
    }
}
