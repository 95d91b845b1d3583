package io.gyre.api.ram;

import io.gyre.api.wire.KmsFaults;
import io.gyre.rpc.RpcFault;
import io.gyre.rpc.RpcRequest;

/** Whose policy it is: every account's, or one that the account wrote itself. */
final class PolicyType {
    static final String SYSTEM = "System";
    static final String CUSTOM = "Custom";

    private PolicyType() {}

    /** @throws RpcFault MissingParameter or InvalidParameter */
    static String required(RpcRequest request) {
        return valid(request.required("PolicyType"));
    }

    static String valid(String given) {
        if (!given.equals(SYSTEM) && !given.equals(CUSTOM)) {
            throw KmsFaults.invalid("PolicyType", "it must be System or Custom.");
        }
        return given;
    }
}
