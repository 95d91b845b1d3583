package io.gyre.api.keys;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.api.wire.KmsFaults;
import io.gyre.rpc.RpcAction;
import io.gyre.rpc.RpcRequest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** Plans the end of a key for 7 to 366 days later, on the calendar; until then it can be cancelled, and not be used. */
@ApplicationScoped
public class ScheduleKeyDeletion implements RpcAction {
    private static final int SHORTEST_DAYS = 7;
    private static final int LONGEST_DAYS = 366;

    private final KeyChanges changes;

    ScheduleKeyDeletion(KeyChanges changes) {
        this.changes = changes;
    }

    @Override
    public String name() {
        return "ScheduleKeyDeletion";
    }

    @Override
    public Uni<ObjectNode> perform(RpcRequest request) {
        request.required("PendingWindowInDays");
        Duration window = Duration.ofDays(request.integer("PendingWindowInDays", 0, SHORTEST_DAYS, LONGEST_DAYS));
        return changes.change(request, "KeyId", (key, now) -> {
            KeyRules.refuseServiceKey(key);
            KeyRules.refusePendingDeletion(key);
            if (key.deletionProtected()) {
                throw KmsFaults.keyProtected();
            }
            return key.plannedForDeletion(now.calendar().plus(window));
        });
    }
}
