package io.gyre.api.keys;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.api.wire.KmsFaults;
import io.gyre.rpc.RpcFault;
import io.gyre.rpc.RpcRequest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.util.Map;
import org.hibernate.reactive.mutiny.Mutiny;

/** Data keys for callers: random bytes, encrypted with a key that they name. */
@ApplicationScoped
class DataKeys {
    private static final Map<String, Integer> BYTES = Map.of("AES_256", 32, "AES_128", 16);
    private static final String DEFAULT_SPEC = "AES_256";
    private static final int LONGEST = 1024;

    private final Mutiny.SessionFactory sessions;
    private final KeyUse use;
    private final SecureRandom random = new SecureRandom();

    DataKeys(Mutiny.SessionFactory sessions, KeyUse use) {
        this.sessions = sessions;
        this.use = use;
    }

    /** @param shown whether the answer has the data key in plain too */
    Uni<ObjectNode> make(RpcRequest request, boolean shown) {
        String account = request.caller().accountId();
        String key = request.required("KeyId");
        EncryptionContext context = EncryptionContext.given(request, "EncryptionContext");
        byte[] dataKey = new byte[length(request)];
        random.nextBytes(dataKey);
        return sessions.withStatelessSession(session -> use.encrypt(session, account, "KeyId", key, dataKey, context))
                .map(CryptoAnswers::encrypted)
                .map(answer -> shown ? answer.put("Plaintext", CryptoAnswers.base64(dataKey)) : answer);
    }

    /**
     * In bytes. NumberOfBytes goes before KeySpec, by the documentation.
     *
     * @throws RpcFault InvalidParameter
     */
    private static int length(RpcRequest request) {
        String given = request.text("KeySpec");
        Integer bySpec = BYTES.get(given == null || given.isEmpty() ? DEFAULT_SPEC : given);
        if (bySpec == null) {
            throw KmsFaults.invalid("KeySpec", "it must be AES_256 or AES_128.");
        }
        return request.integer("NumberOfBytes", bySpec, 1, LONGEST);
    }
}
