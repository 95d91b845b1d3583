package io.gyre.api.keys;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.api.wire.DryRun;
import io.gyre.api.wire.KmsFaults;
import io.gyre.rpc.RpcAction;
import io.gyre.rpc.RpcRequest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny;

/** Encrypts with another key, or in another context, what a key of the account encrypted; the plaintext is not shown. */
@ApplicationScoped
public class ReEncrypt implements RpcAction {
    private final Mutiny.SessionFactory sessions;
    private final KeyUse use;

    ReEncrypt(Mutiny.SessionFactory sessions, KeyUse use) {
        this.sessions = sessions;
        this.use = use;
    }

    @Override
    public String name() {
        return "ReEncrypt";
    }

    @Override
    public Uni<ObjectNode> perform(RpcRequest request) {
        return DryRun.answer(request, () -> answer(request));
    }

    private Uni<ObjectNode> answer(RpcRequest request) {
        refuseAsymmetric(request);
        String account = request.caller().accountId();
        CiphertextBlob source = CiphertextBlob.decode(request.required("CiphertextBlob"));
        EncryptionContext sourceContext = EncryptionContext.given(request, "SourceEncryptionContext");
        String destination = request.required("DestinationKeyId");
        EncryptionContext context = EncryptionContext.given(request, "DestinationEncryptionContext");
        return sessions.withStatelessSession(session -> use.decrypt(session, account, source, sourceContext)
                        .chain(opened -> use.encrypt(
                                session, account, "DestinationKeyId", destination, opened.plaintext(), context)))
                .map(CryptoAnswers::encrypted);
    }

    /** What was encrypted with an asymmetric key does not name it, so that the caller would have to. */
    private static void refuseAsymmetric(RpcRequest request) {
        for (String parameter : List.of("SourceKeyId", "SourceKeyVersionId", "SourceEncryptionAlgorithm")) {
            String given = request.text(parameter);
            if (given != null && !given.isEmpty()) {
                throw KmsFaults.unsupported();
            }
        }
    }
}
