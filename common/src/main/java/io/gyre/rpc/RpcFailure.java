package io.gyre.rpc;

import org.jspecify.annotations.Nullable;

/**
 * How a call can fail, told apart by what is known of its effect: {@link RpcFault} (the other side answered with a
 * code), {@link RpcNotSent} (nothing reached it), {@link RpcUnclear} (it may have happened).
 */
public abstract sealed class RpcFailure extends RuntimeException permits RpcFault, RpcNotSent, RpcUnclear {
    private static final long serialVersionUID = 1L;

    RpcFailure(String message, @Nullable Throwable cause) {
        super(message, cause, false, false);
    }
}
