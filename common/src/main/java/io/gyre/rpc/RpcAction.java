package io.gyre.rpc;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;

/** One action of an API: what a signed request with this name does. */
public interface RpcAction {
    /** As requests name it, for example {@code CreateSecret}. */
    String name();

    /**
     * Called on the request's own Vert.x context, an event loop: whatever blocks must go elsewhere.
     *
     * @return the answer without {@code RequestId}, which the gateway adds; never with a field {@code Code}, which some
     *     clients take for an error. Absent fields are left out, not null. A refusal is an {@link RpcFault}, thrown or
     *     as the failure of the Uni; any other failure becomes InternalFailure.
     */
    Uni<ObjectNode> perform(RpcRequest request);
}
