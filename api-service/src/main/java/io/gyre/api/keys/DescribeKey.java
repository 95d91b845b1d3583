package io.gyre.api.keys;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.api.access.Installation;
import io.gyre.rpc.RpcAction;
import io.gyre.rpc.RpcRequest;
import io.gyre.store.KmsInstance;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.hibernate.reactive.mutiny.Mutiny;

/** Tells what a key is; it is named by id, ARN or alias. */
@ApplicationScoped
public class DescribeKey implements RpcAction {
    private final Mutiny.SessionFactory sessions;
    private final KeyStore keys;
    private final Installation installation;

    DescribeKey(Mutiny.SessionFactory sessions, KeyStore keys, Installation installation) {
        this.sessions = sessions;
        this.keys = keys;
        this.installation = installation;
    }

    @Override
    public String name() {
        return "DescribeKey";
    }

    @Override
    public Uni<ObjectNode> perform(RpcRequest request) {
        String name = request.required("KeyId");
        return sessions.withStatelessSession(
                session -> keys.named(session, request.caller().accountId(), "KeyId", name)
                        .chain(key -> session.get(KmsInstance.class, key.instanceId())
                                .map(instance -> KeyMetadata.answer(key, instance.usable(), installation))));
    }
}
