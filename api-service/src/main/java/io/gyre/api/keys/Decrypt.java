package io.gyre.api.keys;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.api.wire.DryRun;
import io.gyre.rpc.RpcAction;
import io.gyre.rpc.RpcRequest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.hibernate.reactive.mutiny.Mutiny;

/** Decrypts what a key of the account encrypted, in the same context. */
@ApplicationScoped
public class Decrypt implements RpcAction {
    private final Mutiny.SessionFactory sessions;
    private final KeyUse use;

    Decrypt(Mutiny.SessionFactory sessions, KeyUse use) {
        this.sessions = sessions;
        this.use = use;
    }

    @Override
    public String name() {
        return "Decrypt";
    }

    @Override
    public Uni<ObjectNode> perform(RpcRequest request) {
        return DryRun.answer(request, () -> answer(request));
    }

    private Uni<ObjectNode> answer(RpcRequest request) {
        String account = request.caller().accountId();
        CiphertextBlob blob = CiphertextBlob.decode(request.required("CiphertextBlob"));
        EncryptionContext context = EncryptionContext.given(request, "EncryptionContext");
        return sessions.withStatelessSession(session -> use.decrypt(session, account, blob, context))
                .map(CryptoAnswers::decrypted);
    }
}
