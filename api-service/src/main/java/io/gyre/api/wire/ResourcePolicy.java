package io.gyre.api.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.api.policy.MalformedPolicy;
import io.gyre.api.policy.PolicyReader;
import io.gyre.rpc.RpcFault;
import io.gyre.rpc.RpcRequest;
import java.util.Set;

/**
 * The policy of one secret or key: who may do what with it. What is found well-formed here is kept as it was given.
 *
 * <p>Version is {@code 1}; each statement has an Effect, a Principal of RAM, Actions of KMS and the one Resource
 * {@code *}; Sid and Condition are its author's choice.
 */
public final class ResourcePolicy {
    private static final String PARAMETER = "Policy";
    private static final Set<String> NAMES = Set.of("", "default");

    private ResourcePolicy() {}

    /**
     * The parameter PolicyName, which can only be {@code default}.
     *
     * @throws RpcFault InvalidParameter
     */
    public static void checkName(RpcRequest request) {
        String given = request.text("PolicyName");
        if (given != null && !NAMES.contains(given)) {
            throw KmsFaults.invalid("PolicyName", "it must be default.");
        }
    }

    /**
     * Finds out whether the text is a policy.
     *
     * @param text the parameter Policy, at most 32,768 bytes
     * @throws RpcFault InvalidParameter
     */
    public static void check(String text) {
        try {
            PolicyReader.ofResource(text);
        } catch (MalformedPolicy malformed) {
            throw KmsFaults.invalid(PARAMETER, malformed.rule());
        }
    }

    /** The policy of what has none of its own: its account may do everything, and let its RAM identities do so. */
    public static String defaultOf(String sid, String account) {
        ObjectNode policy = WireJson.answer().put("Version", "1");
        ObjectNode statement =
                policy.putArray("Statement").addObject().put("Sid", sid).put("Effect", "Allow");
        statement.putObject("Principal").putArray("RAM").add("acs:ram::" + account + ":*");
        statement.putArray("Action").add("kms:*");
        statement.putArray("Resource").add("*");
        return policy.toString();
    }
}
