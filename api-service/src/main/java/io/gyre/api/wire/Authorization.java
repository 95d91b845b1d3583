package io.gyre.api.wire;

import io.gyre.rpc.RpcFault;
import io.gyre.rpc.RpcRequest;
import io.smallrye.mutiny.Uni;

/** The check that stands in the way of every request once its signature was found right, whatever the action. */
public interface Authorization {
    /**
     * Completes where the caller may do this.
     *
     * @return fails with {@link NotPermitted}, or with an {@link RpcFault} where the request does not say what it is about
     */
    Uni<Void> permit(RpcRequest request);

    /**
     * The same for an operation.
     *
     * @param path of what it is about, below the API's own: {@code rotations/ID}
     */
    Uni<Void> permitOperation(RpcRequest operation, String path);
}
