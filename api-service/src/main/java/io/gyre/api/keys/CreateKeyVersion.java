package io.gyre.api.keys;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.rpc.RpcAction;
import io.gyre.rpc.RpcRequest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.hibernate.reactive.mutiny.Mutiny;

/** Rotates a key at once: the new version encrypts from now on, the former ones decrypt what they encrypted. */
@ApplicationScoped
public class CreateKeyVersion implements RpcAction {
    private final Mutiny.SessionFactory sessions;
    private final KeyStore keys;
    private final KeyVersionStore versions;

    CreateKeyVersion(Mutiny.SessionFactory sessions, KeyStore keys, KeyVersionStore versions) {
        this.sessions = sessions;
        this.keys = keys;
        this.versions = versions;
    }

    @Override
    public String name() {
        return "CreateKeyVersion";
    }

    @Override
    public Uni<ObjectNode> perform(RpcRequest request) {
        String account = request.caller().accountId();
        String name = request.required("KeyId");
        return sessions.withStatelessTransaction(session -> keys.id(session, account, "KeyId", name)
                        .chain(id -> versions.keepInstance(session, id))
                        .chain(() -> keys.locked(session, account, "KeyId", name))
                        .invoke(KeyRules::refuseUnusable)
                        .invoke(KeyRules::refuseAsymmetric)
                        .chain(key -> versions.rotate(session, key)))
                .map(KeyVersionAnswers::one);
    }
}
