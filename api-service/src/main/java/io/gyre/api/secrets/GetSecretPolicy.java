package io.gyre.api.secrets;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.api.access.Installation;
import io.gyre.api.wire.ResourcePolicy;
import io.gyre.api.wire.WireJson;
import io.gyre.rpc.RpcAction;
import io.gyre.rpc.RpcRequest;
import io.gyre.store.Secret;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.hibernate.reactive.mutiny.Mutiny;

/** Tells who may do what with a secret of a KMS instance: its policy as it was set, or else the default one. */
@ApplicationScoped
public class GetSecretPolicy implements RpcAction {
    private static final String DEFAULT_SID = "kms default secret policy";

    private final Mutiny.SessionFactory sessions;
    private final SecretStore store;
    private final Installation installation;

    GetSecretPolicy(Mutiny.SessionFactory sessions, SecretStore store, Installation installation) {
        this.sessions = sessions;
        this.store = store;
        this.installation = installation;
    }

    @Override
    public String name() {
        return "GetSecretPolicy";
    }

    @Override
    public Uni<ObjectNode> perform(RpcRequest request) {
        String name = SecretNames.existing(request, installation);
        ResourcePolicy.checkName(request);
        return sessions.withStatelessSession(
                        session -> store.existing(session, request.caller().accountId(), name))
                .invoke(SecretStore::refuseOutsideInstance)
                .map(secret -> WireJson.answer().put("Policy", policy(secret)));
    }

    private static String policy(Secret secret) {
        String own = secret.policy();
        return own == null ? ResourcePolicy.defaultOf(DEFAULT_SID, secret.accountId()) : own;
    }
}
