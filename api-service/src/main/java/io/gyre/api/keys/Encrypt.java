package io.gyre.api.keys;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.api.wire.DryRun;
import io.gyre.rpc.RpcAction;
import io.gyre.rpc.RpcRequest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.hibernate.reactive.mutiny.Mutiny;

/** Encrypts up to 6 KB with the primary version of a key. */
@ApplicationScoped
public class Encrypt implements RpcAction {
    private final Mutiny.SessionFactory sessions;
    private final KeyUse use;

    Encrypt(Mutiny.SessionFactory sessions, KeyUse use) {
        this.sessions = sessions;
        this.use = use;
    }

    @Override
    public String name() {
        return "Encrypt";
    }

    @Override
    public Uni<ObjectNode> perform(RpcRequest request) {
        return DryRun.answer(request, () -> answer(request));
    }

    private Uni<ObjectNode> answer(RpcRequest request) {
        String account = request.caller().accountId();
        String key = request.required("KeyId");
        byte[] plaintext = Plaintexts.required(request);
        EncryptionContext context = EncryptionContext.given(request, "EncryptionContext");
        return sessions.withStatelessSession(session -> use.encrypt(session, account, "KeyId", key, plaintext, context))
                .map(CryptoAnswers::encrypted);
    }
}
