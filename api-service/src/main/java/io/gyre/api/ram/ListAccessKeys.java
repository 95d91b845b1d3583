package io.gyre.api.ram;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.api.wire.RamApi;
import io.gyre.api.wire.WireJson;
import io.gyre.rpc.RpcAction;
import io.gyre.rpc.RpcRequest;
import io.gyre.store.StoredAccessKey;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny;

/** Lists a user's keys, the oldest first, without their secret halves. */
@RamApi
@ApplicationScoped
public class ListAccessKeys implements RpcAction {
    private final Mutiny.SessionFactory sessions;
    private final UserKeys keys;

    ListAccessKeys(Mutiny.SessionFactory sessions, UserKeys keys) {
        this.sessions = sessions;
        this.keys = keys;
    }

    @Override
    public String name() {
        return "ListAccessKeys";
    }

    @Override
    public Uni<ObjectNode> perform(RpcRequest request) {
        String account = request.caller().accountId();
        return sessions.withStatelessTransaction(
                        session -> keys.owner(session, request).chain(owner -> keys.locked(session, account, owner)))
                .map(ListAccessKeys::answer);
    }

    private static ObjectNode answer(List<StoredAccessKey> keys) {
        ObjectNode answer = WireJson.answer();
        ArrayNode list = WireJson.list(answer, "AccessKeys", "AccessKey");
        keys.forEach(key -> list.add(RamAnswers.accessKey(key)));
        return answer;
    }
}
