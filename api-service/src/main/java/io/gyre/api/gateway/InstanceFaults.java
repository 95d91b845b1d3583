package io.gyre.api.gateway;

import io.gyre.rpc.RpcFault;

/**
 * The refusals of the gateway of KMS instances, before an action is reached. Codes, and the first sentences of texts that the
 * SDKs compare, are the documentation's.
 */
public final class InstanceFaults {
    private InstanceFaults() {}

    /** What was called is not quoted: it may be anything. */
    public static RpcFault invalidApiName() {
        return new RpcFault(
                400,
                "InvalidApiName",
                "The ApiName is invalid: the header x-kms-apiname names no call of this gateway.");
    }

    public static RpcFault invalidApiVersion() {
        return new RpcFault(
                400,
                "InvalidApiVersion",
                "The ApiVersion is invalid: the header x-kms-apiversion must be " + InstanceGateway.VERSION + ".");
    }

    /** @param header without which a request says too little */
    public static RpcFault missing(String header) {
        return new RpcFault(400, "MissingParameter", "Parameter " + header + " does not exist in http header or body.");
    }

    /** @param name of a header, or of a field of the message; its value is not quoted */
    public static RpcFault invalid(String name) {
        return new RpcFault(400, "InvalidParam", "The Param " + name + " is invalid.");
    }

    /** @param rule what a right value looks like, as the end of a sentence */
    public static RpcFault invalid(String name, String rule) {
        return new RpcFault(400, "InvalidParam", "The Param " + name + " is invalid: " + rule);
    }

    public static RpcFault timeTooSkewed() {
        return new RpcFault(400, "RequestTimeTooSkewed", "Request time exceeds server time more than 15 minutes.");
    }

    public static RpcFault signatureNotMatch() {
        return new RpcFault(401, "SignatureNotMatch", "Signature is not matched.");
    }

    /** No such client key, or one whose time has not come, or has passed. */
    public static RpcFault unauthorized() {
        return new RpcFault(
                401,
                "Unauthorized",
                "There is no such client key, or it is not valid now: make one with CreateClientKey.");
    }
}
