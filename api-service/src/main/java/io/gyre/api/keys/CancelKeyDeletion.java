package io.gyre.api.keys;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.api.wire.KmsFaults;
import io.gyre.rpc.RpcAction;
import io.gyre.rpc.RpcRequest;
import io.gyre.store.KmsKey;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Takes back what ScheduleKeyDeletion planned: the key is enabled. */
@ApplicationScoped
public class CancelKeyDeletion implements RpcAction {
    private final KeyChanges changes;

    CancelKeyDeletion(KeyChanges changes) {
        this.changes = changes;
    }

    @Override
    public String name() {
        return "CancelKeyDeletion";
    }

    @Override
    public Uni<ObjectNode> perform(RpcRequest request) {
        return changes.change(request, "KeyId", (key, now) -> {
            if (!key.keyState().equals(KmsKey.PENDING_DELETION)) {
                throw KmsFaults.keyIs(key.keyState());
            }
            return key.enabled();
        });
    }
}
