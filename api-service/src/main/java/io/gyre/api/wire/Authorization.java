package io.gyre.api.wire;

import io.gyre.rpc.RpcFault;
import io.gyre.rpc.RpcRequest;
import io.smallrye.mutiny.Uni;

/** The check that stands in the way of every request once its signature was found right, whatever the action. */
public interface Authorization {
    /**
     * Completes where the caller may do this.
     *
     * @return fails with an {@link RpcFault} (Forbidden.NoPermission) where the caller may not
     */
    Uni<Void> permit(RpcRequest request);
}
