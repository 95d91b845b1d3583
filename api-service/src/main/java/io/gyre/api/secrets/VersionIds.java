package io.gyre.api.secrets;

import io.gyre.api.wire.KmsFaults;
import io.gyre.api.wire.PlainText;
import io.gyre.rpc.RpcFault;
import io.gyre.rpc.RpcRequest;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Version ids: chosen by callers, or random. */
final class VersionIds {
    static final String PARAMETER = "VersionId";
    private static final int LIMIT = 64;

    private VersionIds() {}

    /** @throws RpcFault MissingParameter or InvalidParameter */
    static String required(RpcRequest request) {
        return valid(PARAMETER, request.required(PARAMETER));
    }

    /**
     * @param parameter where it was given, for the refusal
     * @throws RpcFault InvalidParameter
     */
    static @Nullable String optional(String parameter, @Nullable String given) {
        return given == null || given.isEmpty() ? null : valid(parameter, given);
    }

    static String random() {
        return UUID.randomUUID().toString();
    }

    private static String valid(String parameter, String given) {
        if (!PlainText.isName(given, LIMIT)) {
            throw KmsFaults.invalid(
                    parameter, "it must have 1 to " + LIMIT + " characters, and no control characters.");
        }
        return given;
    }
}
