package io.gyre.api.sts;

import io.gyre.rpc.RpcFault;

/** The refusals of STS that RAM has not. Codes and statuses are those of STS's error table. */
public final class StsFaults {
    private StsFaults() {}

    public static RpcFault invalidRoleArn() {
        return new RpcFault(
                400,
                "InvalidParameter.RoleArn",
                "The parameter RoleArn is wrongly formed: it must be like acs:ram::1000000000000001:role/deployer.");
    }

    public static RpcFault invalidSessionName() {
        return new RpcFault(
                400,
                "InvalidParameter.RoleSessionName",
                "The parameter RoleSessionName is wrongly formed: it must have 2 to 64 letters, digits and . @ _ -.");
    }

    /** @param limit in characters */
    public static RpcFault policyTooLong(int limit) {
        return new RpcFault(
                400,
                "InvalidParameter.PolicySize",
                "The size of Policy must be smaller than or equal to " + limit + " characters.");
    }

    /** @param longest in seconds */
    public static RpcFault durationBeyond(int longest) {
        return new RpcFault(
                400,
                "InvalidParameter.DurationSeconds",
                "The role lends itself for at most " + longest
                        + " s: ask for less, or raise its MaxSessionDuration with UpdateRole.");
    }
}
