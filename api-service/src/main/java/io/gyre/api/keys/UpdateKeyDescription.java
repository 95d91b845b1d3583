package io.gyre.api.keys;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.api.wire.PlainText;
import io.gyre.rpc.RpcAction;
import io.gyre.rpc.RpcRequest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Says anew what a key is for. */
@ApplicationScoped
public class UpdateKeyDescription implements RpcAction {
    private final KeyChanges changes;

    UpdateKeyDescription(KeyChanges changes) {
        this.changes = changes;
    }

    @Override
    public String name() {
        return "UpdateKeyDescription";
    }

    @Override
    public Uni<ObjectNode> perform(RpcRequest request) {
        String description = PlainText.description(request.text("Description"), KeyRules.DESCRIPTION_LIMIT);
        return changes.change(request, "KeyId", (key, now) -> {
            KeyRules.refusePendingDeletion(key);
            return key.described(description);
        });
    }
}
