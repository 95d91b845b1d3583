package io.gyre.api.keys;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.api.wire.KmsFaults;
import io.gyre.api.wire.WireJson;
import io.gyre.rpc.RpcAction;
import io.gyre.rpc.RpcRequest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.hibernate.reactive.mutiny.Mutiny;

/** Takes a name away from the key that has it; the key stays. */
@ApplicationScoped
public class DeleteAlias implements RpcAction {
    private final Mutiny.SessionFactory sessions;
    private final AliasStore aliases;

    DeleteAlias(Mutiny.SessionFactory sessions, AliasStore aliases) {
        this.sessions = sessions;
        this.aliases = aliases;
    }

    @Override
    public String name() {
        return "DeleteAlias";
    }

    @Override
    public Uni<ObjectNode> perform(RpcRequest request) {
        String alias = AliasName.of(request);
        String account = request.caller().accountId();
        return sessions.withStatelessTransaction(session -> aliases.remove(session, account, alias))
                .invoke(removed -> {
                    if (!removed) {
                        throw KmsFaults.aliasNotFound();
                    }
                })
                .replaceWith(WireJson::answer);
    }
}
