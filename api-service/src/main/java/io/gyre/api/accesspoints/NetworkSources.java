package io.gyre.api.accesspoints;

import io.gyre.api.policy.IpRange;
import io.gyre.api.wire.KmsFaults;
import io.gyre.rpc.RpcFault;
import io.gyre.rpc.RpcRequest;
import java.util.List;

/** The parameters of network rules. */
final class NetworkSources {
    private static final String PARAMETER = "SourcePrivateIp";

    /** Gyre's choice. */
    private static final int LIMIT = 40;

    private NetworkSources() {}

    /** @throws RpcFault MissingParameter or InvalidParameter */
    static List<String> of(RpcRequest request) {
        return PointText.texts(
                PARAMETER, request.list(PARAMETER), LIMIT, IpRange::isOne, "an IP address, or a range as 10.0.0.0/8");
    }

    /**
     * Whether there is a new list.
     *
     * @throws RpcFault InvalidParameter for one that is empty
     */
    static List<String> changed(RpcRequest request, List<String> otherwise) {
        return request.optional(PARAMETER) != null ? of(request) : otherwise;
    }

    /** @throws RpcFault InvalidParameter for a type that there is not */
    static void checkType(RpcRequest request) {
        String type = request.text("Type");
        if (type != null && !type.isEmpty() && !type.equals(PointAnswers.PRIVATE)) {
            throw KmsFaults.invalid("Type", "it must be " + PointAnswers.PRIVATE + ".");
        }
    }
}
