package io.gyre.api.keys;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.api.access.Installation;
import io.gyre.api.wire.Page;
import io.gyre.rpc.RpcAction;
import io.gyre.rpc.RpcRequest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.hibernate.reactive.mutiny.Mutiny;

/** Lists the aliases of an account by name. */
@ApplicationScoped
public class ListAliases implements RpcAction {
    private final Mutiny.SessionFactory sessions;
    private final AliasStore aliases;
    private final Installation installation;

    ListAliases(Mutiny.SessionFactory sessions, AliasStore aliases, Installation installation) {
        this.sessions = sessions;
        this.aliases = aliases;
        this.installation = installation;
    }

    @Override
    public String name() {
        return "ListAliases";
    }

    @Override
    public Uni<ObjectNode> perform(RpcRequest request) {
        String account = request.caller().accountId();
        Page page = Page.of(request);
        return sessions.withStatelessTransaction(
                session -> aliases.count(session, account).chain(total -> aliases.page(session, account, page)
                        .map(found -> AliasAnswers.list(found, page, total, installation))));
    }
}
