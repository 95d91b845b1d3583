package io.gyre.api.accesspoints;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.rpc.RpcAction;
import io.gyre.rpc.RpcRequest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.hibernate.reactive.mutiny.Mutiny;

/** Tells of a client key, and its public half. */
@ApplicationScoped
public class GetClientKey implements RpcAction {
    private final Mutiny.SessionFactory sessions;
    private final ClientKeyStore keys;

    GetClientKey(Mutiny.SessionFactory sessions, ClientKeyStore keys) {
        this.sessions = sessions;
        this.keys = keys;
    }

    @Override
    public String name() {
        return "GetClientKey";
    }

    @Override
    public Uni<ObjectNode> perform(RpcRequest request) {
        String account = request.caller().accountId();
        ClientKeyId id = ClientKeyId.of(request);
        return sessions.withStatelessSession(session -> keys.of(session, account, id))
                .map(PointAnswers::clientKey);
    }
}
