package io.gyre.api.accesspoints;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.api.wire.WireJson;
import io.gyre.rpc.RpcAction;
import io.gyre.rpc.RpcRequest;
import io.gyre.store.ClientKey;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny;

/** Ends an access point that has no client key. */
@ApplicationScoped
public class DeleteApplicationAccessPoint implements RpcAction {
    private final Mutiny.SessionFactory sessions;
    private final AccessPointStore points;
    private final ClientKeyStore keys;

    DeleteApplicationAccessPoint(Mutiny.SessionFactory sessions, AccessPointStore points, ClientKeyStore keys) {
        this.sessions = sessions;
        this.points = points;
        this.keys = keys;
    }

    @Override
    public String name() {
        return "DeleteApplicationAccessPoint";
    }

    @Override
    public Uni<ObjectNode> perform(RpcRequest request) {
        String account = request.caller().accountId();
        String name = PointText.name(request, "Name");
        return sessions.withStatelessTransaction(session -> AccessPointStore.ROWS
                        .locked(session, account, name)
                        .call(point -> keys.of(session, account, name).invoke(DeleteApplicationAccessPoint::refuseKeys))
                        .chain(point -> points.remove(session, point)))
                .replaceWith(WireJson::answer);
    }

    private static void refuseKeys(List<ClientKey> keys) {
        if (!keys.isEmpty()) {
            throw AccessPointFaults.accessPointInUse(keys.get(0).clientKeyId());
        }
    }
}
