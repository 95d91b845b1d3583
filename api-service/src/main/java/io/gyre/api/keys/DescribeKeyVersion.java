package io.gyre.api.keys;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.api.wire.KmsFaults;
import io.gyre.rpc.RpcAction;
import io.gyre.rpc.RpcRequest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.hibernate.reactive.mutiny.Mutiny;

/** Tells when a version of a key was made. */
@ApplicationScoped
public class DescribeKeyVersion implements RpcAction {
    private final Mutiny.SessionFactory sessions;
    private final KeyStore keys;
    private final KeyVersionStore versions;

    DescribeKeyVersion(Mutiny.SessionFactory sessions, KeyStore keys, KeyVersionStore versions) {
        this.sessions = sessions;
        this.keys = keys;
        this.versions = versions;
    }

    @Override
    public String name() {
        return "DescribeKeyVersion";
    }

    @Override
    public Uni<ObjectNode> perform(RpcRequest request) {
        String account = request.caller().accountId();
        String name = request.required("KeyId");
        String version = KeyVersionAnswers.requiredId(request);
        return sessions.withStatelessSession(session ->
                        keys.named(session, account, "KeyId", name).chain(key -> versions.find(session, key, version)))
                .onItem()
                .ifNull()
                .failWith(KmsFaults::keyVersionNotFound)
                .map(KeyVersionAnswers::one);
    }
}
