package io.gyre.api.keys;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.api.wire.KmsFaults;
import io.gyre.api.wire.OffLoop;
import io.gyre.rpc.RpcFault;
import io.gyre.rpc.RpcRequest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.Key;
import org.hibernate.reactive.mutiny.Mutiny;

/** Key pairs for callers: the private half encrypted with a key that they name; Gyre keeps neither. */
@ApplicationScoped
public class DataKeyPairs {
    private final Mutiny.SessionFactory sessions;
    private final KeyUse use;

    DataKeyPairs(Mutiny.SessionFactory sessions, KeyUse use) {
        this.sessions = sessions;
        this.use = use;
    }

    /** The parameter KeyFormat: of PKCS#8 and SubjectPublicKeyInfo. */
    private enum Format {
        PEM,
        DER;

        static Format of(RpcRequest request) {
            String given = request.optional("KeyFormat");
            if (given == null || given.equals(PEM.name())) {
                return PEM;
            }
            if (given.equals(DER.name())) {
                return DER;
            }
            throw KmsFaults.invalid("KeyFormat", "it must be PEM or DER.");
        }

        byte[] encoded(String label, Key key) {
            return this == DER
                    ? key.getEncoded()
                    : Pem.text(label, key.getEncoded()).getBytes(StandardCharsets.US_ASCII);
        }
    }

    /**
     * Makes one.
     *
     * @param shown whether the answer has the private key in plain too
     * @return fails with an {@link RpcFault} as every use of a key
     */
    public Uni<ObjectNode> make(RpcRequest request, boolean shown) {
        String account = request.caller().accountId();
        String key = request.required("KeyId");
        EncryptionContext context = EncryptionContext.given(request, "EncryptionContext");
        KeyPairSpec spec = KeyPairSpec.named(request.required("KeyPairSpec"))
                .orElseThrow(() -> KmsFaults.invalid("KeyPairSpec", "it must be one of " + KeyPairSpec.names() + "."));
        Format format = Format.of(request);
        return OffLoop.compute(spec::generate).chain(pair -> {
            byte[] plaintext = format.encoded("PRIVATE KEY", pair.getPrivate());
            return sessions.withStatelessSession(
                            session -> use.encrypt(session, account, "KeyId", key, plaintext, context))
                    .map(blob -> {
                        ObjectNode answer = CryptoAnswers.encrypted(blob)
                                .put("KeyPairSpec", spec.name())
                                .put("PublicKey", CryptoAnswers.base64(format.encoded("PUBLIC KEY", pair.getPublic())));
                        return shown ? answer.put("PrivateKeyPlaintext", CryptoAnswers.base64(plaintext)) : answer;
                    });
        });
    }
}
