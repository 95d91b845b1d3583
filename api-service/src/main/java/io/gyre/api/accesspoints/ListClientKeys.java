package io.gyre.api.accesspoints;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.api.wire.WireJson;
import io.gyre.rpc.RpcAction;
import io.gyre.rpc.RpcRequest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.hibernate.reactive.mutiny.Mutiny;

/** Lists the client keys of an access point, the eldest first. */
@ApplicationScoped
public class ListClientKeys implements RpcAction {
    private final Mutiny.SessionFactory sessions;
    private final ClientKeyStore keys;

    ListClientKeys(Mutiny.SessionFactory sessions, ClientKeyStore keys) {
        this.sessions = sessions;
        this.keys = keys;
    }

    @Override
    public String name() {
        return "ListClientKeys";
    }

    @Override
    public Uni<ObjectNode> perform(RpcRequest request) {
        String account = request.caller().accountId();
        String name = PointText.name(request, "AapName");
        return sessions.withStatelessSession(session -> AccessPointStore.ROWS
                        .named(session, account, name)
                        .chain(() -> keys.of(session, account, name)))
                .map(found -> {
                    ObjectNode answer = WireJson.answer();
                    ArrayNode list = answer.putArray("ClientKeys");
                    found.forEach(key -> list.add(PointAnswers.clientKey(key)));
                    return answer;
                });
    }
}
