package io.gyre.api.keys;

import io.gyre.api.wire.KmsFaults;
import io.gyre.rpc.RpcFault;
import io.gyre.rpc.RpcRequest;
import java.util.Base64;

/** What callers have encrypted: 1 to 6,144 bytes in Base64. */
final class Plaintexts {
    /** In bytes, by the documentation of Encrypt. */
    static final int LIMIT = 6 * 1024;

    private static final String PARAMETER = "Plaintext";

    private Plaintexts() {}

    /** @throws RpcFault MissingParameter or InvalidParameter */
    static byte[] required(RpcRequest request) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(request.required(PARAMETER));
        } catch (IllegalArgumentException e) {
            throw KmsFaults.invalid(PARAMETER, "it must be Base64.");
        }
        if (bytes.length == 0 || bytes.length > LIMIT) {
            throw KmsFaults.invalid(PARAMETER, "it must have 1 to " + LIMIT + " bytes, in Base64.");
        }
        return bytes;
    }
}
