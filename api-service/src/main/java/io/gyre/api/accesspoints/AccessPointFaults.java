package io.gyre.api.accesspoints;

import io.gyre.rpc.RpcFault;

/** The refusals of what is about access points. Codes are the documentation's; where it has no sentence, it is Gyre's. */
public final class AccessPointFaults {
    private AccessPointFaults() {}

    public static RpcFault noSuchNetworkRule(String name) {
        return notFound("network rule", name);
    }

    public static RpcFault noSuchPolicy(String name) {
        return notFound("policy of access points", name);
    }

    public static RpcFault noSuchAccessPoint(String name) {
        return notFound("application access point", name);
    }

    public static RpcFault noSuchClientKey(String id) {
        return notFound("client key", id);
    }

    public static RpcFault alreadyThere() {
        return new RpcFault(
                409, "Rejected.ResourceExist", "The request was rejected because the resource already exists.");
    }

    /** A network rule that a policy names. */
    public static RpcFault networkRuleInUse(String policy) {
        return inUse("the policy " + policy + " names this network rule: take it out there first, with UpdatePolicy.");
    }

    /** A policy that an access point names. */
    public static RpcFault policyInUse(String accessPoint) {
        return inUse("the application access point " + accessPoint
                + " has this policy: take it away there first, with UpdateApplicationAccessPoint.");
    }

    /** An access point that programs may be logged in to. */
    public static RpcFault accessPointInUse(String clientKey) {
        return inUse("it has the client key " + clientKey + ": end that first, with DeleteClientKey.");
    }

    public static RpcFault tooManyClientKeys(String accessPoint) {
        return new RpcFault(
                400,
                "Rejected.LimitExceeded",
                "The request was rejected because user create resource limit was exceeded: the application access point "
                        + accessPoint + " has " + ClientKeyStore.LIMIT + " client keys, as many as it can.");
    }

    private static RpcFault notFound(String kind, String name) {
        return new RpcFault(
                404, "Forbidden.ResourceNotFound", "Resource not found: there is no " + kind + " " + name + ".");
    }

    private static RpcFault inUse(String why) {
        return new RpcFault(409, "Rejected.ResourceInUse", "The resource is in use: " + why);
    }
}
