package io.gyre.api.keys;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.api.wire.KmsFaults;
import io.gyre.api.wire.OffLoop;
import io.gyre.api.wire.WireJson;
import io.gyre.rpc.RpcFault;
import io.gyre.rpc.RpcRequest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.GeneralSecurityException;
import java.util.Base64;
import org.hibernate.reactive.mutiny.Mutiny;

/** What actions with asymmetric keys have in common. */
@ApplicationScoped
class KeyPairUse {
    private final Mutiny.SessionFactory sessions;
    private final KeyUse use;

    KeyPairUse(Mutiny.SessionFactory sessions, KeyUse use) {
        this.sessions = sessions;
        this.use = use;
    }

    /** What is done with a key pair; it may take long. */
    @FunctionalInterface
    interface Work {
        void on(OpenedPair pair, ObjectNode answer) throws GeneralSecurityException;
    }

    /**
     * Has the key that KeyId names, and the version that KeyVersionId does or else its first, used. The answer names both.
     *
     * @return fails with an {@link RpcFault}: as every use of a key, UnsupportedOperation for a symmetric key, or what the work
     *     throws
     */
    Uni<ObjectNode> with(RpcRequest request, Work work) {
        String account = request.caller().accountId();
        String key = request.required("KeyId");
        String version = KeyVersionAnswers.optionalId(request);
        return sessions.withStatelessSession(session -> use.pair(session, account, key, version))
                .chain(pair -> OffLoop.compute(() -> {
                    ObjectNode answer =
                            WireJson.answer().put("KeyId", pair.keyId()).put("KeyVersionId", pair.versionId());
                    try {
                        work.on(pair, answer);
                    } catch (GeneralSecurityException e) {
                        throw new IllegalStateException("Key " + pair.keyId() + " could not be used.", e);
                    }
                    return answer;
                }));
    }

    /** @throws RpcFault MissingParameter or InvalidParameter */
    static byte[] bytes(RpcRequest request, String parameter) {
        try {
            return Base64.getDecoder().decode(request.required(parameter));
        } catch (IllegalArgumentException e) {
            throw KmsFaults.invalid(parameter, "it must be Base64.");
        }
    }
}
