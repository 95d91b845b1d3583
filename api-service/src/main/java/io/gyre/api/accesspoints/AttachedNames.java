package io.gyre.api.accesspoints;

import io.gyre.rpc.RpcFault;
import io.gyre.rpc.RpcRequest;
import java.util.List;

/** The parameter Policies of access points. */
final class AttachedNames {
    static final String PARAMETER = "Policies";

    /** By the documentation. */
    private static final int LIMIT = 3;

    private AttachedNames() {}

    /** @throws RpcFault InvalidParameter */
    static List<String> of(RpcRequest request) {
        return PointText.names(PARAMETER, request.list(PARAMETER), LIMIT);
    }
}
