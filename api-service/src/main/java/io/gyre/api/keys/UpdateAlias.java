package io.gyre.api.keys;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.api.wire.KmsFaults;
import io.gyre.api.wire.WireJson;
import io.gyre.rpc.RpcAction;
import io.gyre.rpc.RpcRequest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.hibernate.reactive.mutiny.Mutiny;

/** Has an alias name another key. */
@ApplicationScoped
public class UpdateAlias implements RpcAction {
    private final Mutiny.SessionFactory sessions;
    private final KeyStore keys;
    private final AliasStore aliases;

    UpdateAlias(Mutiny.SessionFactory sessions, KeyStore keys, AliasStore aliases) {
        this.sessions = sessions;
        this.keys = keys;
        this.aliases = aliases;
    }

    @Override
    public String name() {
        return "UpdateAlias";
    }

    @Override
    public Uni<ObjectNode> perform(RpcRequest request) {
        String alias = AliasName.of(request);
        String account = request.caller().accountId();
        String name = request.required("KeyId");
        return sessions.withStatelessTransaction(session -> keys.locked(session, account, "KeyId", name)
                        .invoke(KeyRules::refusePendingDeletion)
                        .chain(key -> aliases.move(session, account, alias, key.keyId())))
                .invoke(moved -> {
                    if (!moved) {
                        throw KmsFaults.aliasNotFound();
                    }
                })
                .replaceWith(WireJson::answer);
    }
}
