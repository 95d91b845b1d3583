package io.gyre.api.ram;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.api.wire.KmsFaults;
import io.gyre.api.wire.RamApi;
import io.gyre.api.wire.WireJson;
import io.gyre.rpc.RpcAction;
import io.gyre.rpc.RpcRequest;
import io.gyre.store.StoredAccessKey;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny;

/** Disables a key, or lets it sign again. This process knows at once, others within 5 s. */
@RamApi
@ApplicationScoped
public class UpdateAccessKey implements RpcAction {
    private final Mutiny.SessionFactory sessions;
    private final UserKeys keys;
    private final Event<AccessKeyChanged> changes;

    UpdateAccessKey(Mutiny.SessionFactory sessions, UserKeys keys, Event<AccessKeyChanged> changes) {
        this.sessions = sessions;
        this.keys = keys;
        this.changes = changes;
    }

    @Override
    public String name() {
        return "UpdateAccessKey";
    }

    @Override
    public Uni<ObjectNode> perform(RpcRequest request) {
        String account = request.caller().accountId();
        boolean active = active(request.required("Status"));
        return sessions.withStatelessTransaction(session -> keys.owner(session, request)
                        .chain(owner -> keys.locked(session, account, owner))
                        .chain(found -> change(session, found, UserKeys.named(found, request), active)))
                .invoke(key -> changes.fire(new AccessKeyChanged(key.accessKeyId())))
                .replaceWith(WireJson::answer);
    }

    private Uni<StoredAccessKey> change(
            Mutiny.StatelessSession session, List<StoredAccessKey> keysOfOwner, StoredAccessKey key, boolean active) {
        if (!active) {
            UserKeys.refuseLastOfAccount(keysOfOwner, key);
        }
        return keys.setActive(session, key, active).replaceWith(key);
    }

    private static boolean active(String status) {
        return switch (status) {
            case "Active" -> true;
            case "Inactive" -> false;
            default -> throw KmsFaults.invalid("Status", "it must be Active or Inactive.");
        };
    }
}
