package io.gyre.api.accesspoints;

import io.gyre.api.wire.KmsFaults;
import io.gyre.rpc.RpcFault;
import io.gyre.rpc.RpcRequest;
import java.util.UUID;
import java.util.regex.Pattern;

/** As clients name a client key: {@code KAAP.} and a UUID. */
public record ClientKeyId(String text) {
    private static final Pattern FORM = Pattern.compile("KAAP\\.[0-9a-f-]{36}");

    static ClientKeyId random() {
        return new ClientKeyId("KAAP." + UUID.randomUUID());
    }

    /** @throws RpcFault MissingParameter or InvalidParameter */
    static ClientKeyId of(RpcRequest request) {
        String given = request.required("ClientKeyId");
        if (!isOne(given)) {
            throw KmsFaults.invalid("ClientKeyId", "it must be the id of a client key, as KAAP. and a UUID.");
        }
        return new ClientKeyId(given);
    }

    public static boolean isOne(String text) {
        return FORM.matcher(text).matches();
    }
}
