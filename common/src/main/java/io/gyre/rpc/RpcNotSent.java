package io.gyre.rpc;

import org.jspecify.annotations.Nullable;

/** The call never left: connection refused, unknown host, no connection in time. Repeating it is safe. */
public final class RpcNotSent extends RpcFailure {
    private static final long serialVersionUID = 1L;

    RpcNotSent(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
