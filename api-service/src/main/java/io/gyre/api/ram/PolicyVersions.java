package io.gyre.api.ram;

import io.gyre.api.wire.PlainText;
import io.gyre.rpc.RpcFault;
import io.gyre.rpc.RpcRequest;

/** How requests name a version of a policy: {@code v1}, {@code v2}, … */
final class PolicyVersions {
    private static final int LIMIT = 16;

    private PolicyVersions() {}

    /** @throws RpcFault MissingParameter, or EntityNotExist.Policy.Version for what can be no version's name */
    static String id(RpcRequest request) {
        String given = request.required("VersionId");
        if (!PlainText.isName(given, LIMIT)) {
            throw RamFaults.noSuchVersion();
        }
        return given;
    }
}
