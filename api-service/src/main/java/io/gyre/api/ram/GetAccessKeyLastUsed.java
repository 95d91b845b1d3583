package io.gyre.api.ram;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.api.wire.RamApi;
import io.gyre.api.wire.WireJson;
import io.gyre.api.wire.WireTime;
import io.gyre.rpc.RpcAction;
import io.gyre.rpc.RpcRequest;
import io.gyre.store.StoredAccessKey;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import org.hibernate.reactive.mutiny.Mutiny;

/** Tells when a key last signed a request, some minutes coarse; nothing where it never did. */
@RamApi
@ApplicationScoped
public class GetAccessKeyLastUsed implements RpcAction {
    private final Mutiny.SessionFactory sessions;
    private final UserKeys keys;

    GetAccessKeyLastUsed(Mutiny.SessionFactory sessions, UserKeys keys) {
        this.sessions = sessions;
        this.keys = keys;
    }

    @Override
    public String name() {
        return "GetAccessKeyLastUsed";
    }

    @Override
    public Uni<ObjectNode> perform(RpcRequest request) {
        String account = request.caller().accountId();
        return sessions.withStatelessTransaction(
                        session -> keys.owner(session, request).chain(owner -> keys.locked(session, account, owner)))
                .map(found -> answer(UserKeys.named(found, request)));
    }

    private static ObjectNode answer(StoredAccessKey key) {
        ObjectNode answer = WireJson.answer();
        ObjectNode used = answer.putObject("AccessKeyLastUsed");
        Instant at = key.lastUsedAt();
        if (at != null) {
            used.put("LastUsedDate", WireTime.text(at));
        }
        return answer;
    }
}
