package io.gyre.api.keys;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.api.wire.Page;
import io.gyre.rpc.RpcAction;
import io.gyre.rpc.RpcRequest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.hibernate.reactive.mutiny.Mutiny;

/** Lists the versions of a key, the newest first. */
@ApplicationScoped
public class ListKeyVersions implements RpcAction {
    private final Mutiny.SessionFactory sessions;
    private final KeyStore keys;
    private final KeyVersionStore versions;

    ListKeyVersions(Mutiny.SessionFactory sessions, KeyStore keys, KeyVersionStore versions) {
        this.sessions = sessions;
        this.keys = keys;
        this.versions = versions;
    }

    @Override
    public String name() {
        return "ListKeyVersions";
    }

    @Override
    public Uni<ObjectNode> perform(RpcRequest request) {
        String account = request.caller().accountId();
        Page page = Page.of(request);
        String name = request.required("KeyId");
        return sessions.withStatelessTransaction(session -> keys.named(session, account, "KeyId", name)
                .chain(key -> versions.count(session, key).chain(total -> versions.page(session, key, page)
                        .map(found -> KeyVersionAnswers.list(found, page, total)))));
    }
}
