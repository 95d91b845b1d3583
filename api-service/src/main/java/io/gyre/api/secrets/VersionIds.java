package io.gyre.api.secrets;

import io.gyre.api.wire.KmsFaults;
import io.gyre.api.wire.PlainText;
import io.gyre.rpc.RpcFault;
import io.gyre.rpc.RpcRequest;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Version ids: chosen by callers, or random. */
final class VersionIds {
    private static final String PARAMETER = "VersionId";
    private static final int LIMIT = 64;

    private VersionIds() {}

    /** @throws RpcFault MissingParameter or InvalidParameter */
    static String required(RpcRequest request) {
        return valid(request.required(PARAMETER));
    }

    /** @throws RpcFault InvalidParameter */
    static @Nullable String optional(RpcRequest request) {
        String given = request.text(PARAMETER);
        return given == null || given.isEmpty() ? null : valid(given);
    }

    static String random() {
        return UUID.randomUUID().toString();
    }

    private static String valid(String given) {
        if (!PlainText.isName(given, LIMIT)) {
            throw KmsFaults.invalid(
                    PARAMETER, "it must have 1 to " + LIMIT + " characters, and no control characters.");
        }
        return given;
    }
}
