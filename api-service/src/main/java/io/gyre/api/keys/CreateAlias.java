package io.gyre.api.keys;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.api.wire.KmsFaults;
import io.gyre.api.wire.WireJson;
import io.gyre.rpc.RpcAction;
import io.gyre.rpc.RpcRequest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.hibernate.reactive.mutiny.Mutiny;

/** Gives a key one more name, which no other key of the account has. */
@ApplicationScoped
public class CreateAlias implements RpcAction {
    private final Mutiny.SessionFactory sessions;
    private final KeyStore keys;
    private final AliasStore aliases;

    CreateAlias(Mutiny.SessionFactory sessions, KeyStore keys, AliasStore aliases) {
        this.sessions = sessions;
        this.keys = keys;
        this.aliases = aliases;
    }

    @Override
    public String name() {
        return "CreateAlias";
    }

    @Override
    public Uni<ObjectNode> perform(RpcRequest request) {
        String alias = AliasName.of(request);
        String account = request.caller().accountId();
        String name = request.required("KeyId");
        return sessions.withStatelessTransaction(session -> keys.locked(session, account, "KeyId", name)
                        .invoke(KeyRules::refusePendingDeletion)
                        .chain(key -> aliases.add(session, account, alias, key.keyId())))
                .invoke(added -> {
                    if (!added) {
                        throw KmsFaults.aliasExists();
                    }
                })
                .replaceWith(WireJson::answer);
    }
}
