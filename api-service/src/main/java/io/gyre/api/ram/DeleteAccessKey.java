package io.gyre.api.ram;

import com.fasterxml.jackson.databind.node.ObjectNode;
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

/** Ends a key for good. This process knows at once, others within 5 s. */
@RamApi
@ApplicationScoped
public class DeleteAccessKey implements RpcAction {
    private final Mutiny.SessionFactory sessions;
    private final UserKeys keys;
    private final Event<AccessKeyChanged> changes;

    DeleteAccessKey(Mutiny.SessionFactory sessions, UserKeys keys, Event<AccessKeyChanged> changes) {
        this.sessions = sessions;
        this.keys = keys;
        this.changes = changes;
    }

    @Override
    public String name() {
        return "DeleteAccessKey";
    }

    @Override
    public Uni<ObjectNode> perform(RpcRequest request) {
        String account = request.caller().accountId();
        return sessions.withStatelessTransaction(session -> keys.owner(session, request)
                        .chain(owner -> keys.locked(session, account, owner))
                        .chain(found -> remove(session, found, UserKeys.named(found, request))))
                .invoke(key -> changes.fire(new AccessKeyChanged(key.accessKeyId())))
                .replaceWith(WireJson::answer);
    }

    private Uni<StoredAccessKey> remove(
            Mutiny.StatelessSession session, List<StoredAccessKey> keysOfOwner, StoredAccessKey key) {
        UserKeys.refuseLastOfAccount(keysOfOwner, key);
        return keys.remove(session, key).replaceWith(key);
    }
}
