package io.gyre.api.keys;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.rpc.RpcAction;
import io.gyre.rpc.RpcRequest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** Has a key rotated by itself every 7 to 730 days, or no more. The first time is counted from the last rotation, or else from the creation. */
@ApplicationScoped
public class UpdateRotationPolicy implements RpcAction {
    private final KeyChanges changes;

    UpdateRotationPolicy(KeyChanges changes) {
        this.changes = changes;
    }

    @Override
    public String name() {
        return "UpdateRotationPolicy";
    }

    @Override
    public Uni<ObjectNode> perform(RpcRequest request) {
        boolean wanted = KeyRules.requiredFlag(request, "EnableAutomaticRotation");
        Duration interval = wanted ? KeyRules.rotationInterval(request) : Duration.ZERO;
        return changes.change(request, "KeyId", (key, now) -> {
            KeyRules.refuseServiceKey(key);
            KeyRules.refuseUnusable(key);
            KeyRules.refuseAsymmetric(key);
            return wanted ? key.rotatedEvery(interval) : key.notRotated();
        });
    }
}
