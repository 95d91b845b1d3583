package io.gyre.api.sts;

import io.gyre.api.ram.RamArn;
import io.gyre.rpc.RpcFault;
import io.gyre.rpc.RpcRequest;
import io.gyre.store.RamRole;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What AssumeRole is asked for, found well-formed.
 *
 * @param name of the session; it stands in audit lines and ARNs
 * @param policy what the session may do at most; empty where nothing is to narrow it
 * @param seconds how long it is to last; 0 for the default
 */
record WantedSession(RamArn.Role role, String name, Optional<String> policy, int seconds) {
    static final int SHORTEST = 900;

    /** Limits of the parameter alone; the role's own limit is looked at once the role is known. */
    private static final int LONGEST = 43_200;

    private static final int DEFAULT = 3600;
    private static final int POLICY_LIMIT = 2048;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9.@_-]{2,64}");

    /** @throws RpcFault MissingParameter, or InvalidParameter with the parameter's name behind it */
    static WantedSession of(RpcRequest request) {
        RamArn.Role role = RamArn.parseRole(request.required("RoleArn")).orElseThrow(StsFaults::invalidRoleArn);
        String name = request.required("RoleSessionName");
        if (!NAME.matcher(name).matches()) {
            throw StsFaults.invalidSessionName();
        }
        String policy = request.text("Policy");
        if (policy != null && policy.length() > POLICY_LIMIT) {
            throw StsFaults.policyTooLong(POLICY_LIMIT);
        }
        return new WantedSession(
                role,
                name,
                Optional.ofNullable(policy).filter(text -> !text.isEmpty()),
                request.integer("DurationSeconds", 0, SHORTEST, LONGEST));
    }

    /** @throws RpcFault InvalidParameter.DurationSeconds where the role lends itself for a shorter time only */
    int duration(RamRole lender) {
        if (seconds > lender.maxSessionSeconds()) {
            throw StsFaults.durationBeyond(lender.maxSessionSeconds());
        }
        return seconds == 0 ? Math.min(DEFAULT, lender.maxSessionSeconds()) : seconds;
    }
}
