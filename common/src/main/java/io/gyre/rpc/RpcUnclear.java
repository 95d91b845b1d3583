package io.gyre.rpc;

import org.jspecify.annotations.Nullable;

/**
 * The call left and no answer with a code came back: a time-out, a broken connection, an answer that is none. It may
 * have happened; whoever repeats it must be able to tell.
 */
public final class RpcUnclear extends RpcFailure {
    private static final long serialVersionUID = 1L;

    RpcUnclear(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
