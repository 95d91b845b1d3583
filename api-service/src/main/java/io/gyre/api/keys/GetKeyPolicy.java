package io.gyre.api.keys;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.api.wire.ResourcePolicy;
import io.gyre.api.wire.WireJson;
import io.gyre.rpc.RpcAction;
import io.gyre.rpc.RpcRequest;
import io.gyre.store.KmsKey;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.hibernate.reactive.mutiny.Mutiny;

/** Tells who may do what with a key of a KMS instance: its policy as it was set, or else the default one. */
@ApplicationScoped
public class GetKeyPolicy implements RpcAction {
    private static final String DEFAULT_SID = "kms default key policy";

    private final Mutiny.SessionFactory sessions;
    private final KeyStore keys;

    GetKeyPolicy(Mutiny.SessionFactory sessions, KeyStore keys) {
        this.sessions = sessions;
        this.keys = keys;
    }

    @Override
    public String name() {
        return "GetKeyPolicy";
    }

    @Override
    public Uni<ObjectNode> perform(RpcRequest request) {
        String name = request.required("KeyId");
        ResourcePolicy.checkName(request);
        return sessions.withStatelessSession(
                        session -> keys.named(session, request.caller().accountId(), "KeyId", name))
                .invoke(KeyRules::refuseOutsideInstance)
                .map(key -> WireJson.answer().put("Policy", policy(key)));
    }

    private static String policy(KmsKey key) {
        String own = key.policy();
        return own == null ? ResourcePolicy.defaultOf(DEFAULT_SID, key.accountId()) : own;
    }
}
