package io.gyre.api.accesspoints;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.api.wire.WireJson;
import io.gyre.rpc.RpcAction;
import io.gyre.rpc.RpcRequest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import org.hibernate.reactive.mutiny.Mutiny;

/** Ends a client key: it logs in no more, at once in this process and within seconds in others. */
@ApplicationScoped
public class DeleteClientKey implements RpcAction {
    private final Mutiny.SessionFactory sessions;
    private final ClientKeyStore keys;
    private final Event<AccessPointsChanged> changes;

    DeleteClientKey(Mutiny.SessionFactory sessions, ClientKeyStore keys, Event<AccessPointsChanged> changes) {
        this.sessions = sessions;
        this.keys = keys;
        this.changes = changes;
    }

    @Override
    public String name() {
        return "DeleteClientKey";
    }

    @Override
    public Uni<ObjectNode> perform(RpcRequest request) {
        String account = request.caller().accountId();
        ClientKeyId id = ClientKeyId.of(request);
        return sessions.withStatelessTransaction(
                        session -> keys.of(session, account, id).chain(key -> keys.remove(session, key)))
                .invoke(() -> changes.fire(new AccessPointsChanged()))
                .replaceWith(WireJson::answer);
    }
}
