package io.gyre.api.keys;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.api.access.Installation;
import io.gyre.api.wire.Page;
import io.gyre.rpc.RpcAction;
import io.gyre.rpc.RpcRequest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.hibernate.reactive.mutiny.Mutiny;

/** Lists the aliases of one key by name. */
@ApplicationScoped
public class ListAliasesByKeyId implements RpcAction {
    private final Mutiny.SessionFactory sessions;
    private final KeyStore keys;
    private final AliasStore aliases;
    private final Installation installation;

    ListAliasesByKeyId(Mutiny.SessionFactory sessions, KeyStore keys, AliasStore aliases, Installation installation) {
        this.sessions = sessions;
        this.keys = keys;
        this.aliases = aliases;
        this.installation = installation;
    }

    @Override
    public String name() {
        return "ListAliasesByKeyId";
    }

    @Override
    public Uni<ObjectNode> perform(RpcRequest request) {
        String account = request.caller().accountId();
        Page page = Page.of(request);
        String name = request.required("KeyId");
        return sessions.withStatelessTransaction(session -> keys.named(session, account, "KeyId", name)
                .chain(key -> aliases.countOf(session, key).chain(total -> aliases.pageOf(session, key, page)
                        .map(found -> AliasAnswers.list(found, page, total, installation)))));
    }
}
