package io.gyre.api.ram;

import io.gyre.api.policy.MalformedPolicy;
import io.gyre.api.policy.PolicyReader;
import io.gyre.rpc.RpcFault;

/** What a policy of the account's own, and that of a session, must be. */
public final class PolicyDocuments {
    /** As RAM has it for custom policies, in characters. */
    private static final int LIMIT = 6144;

    private PolicyDocuments() {}

    /** @throws RpcFault InvalidParameter.PolicyDocument.Length, or MalformedPolicyDocument, saying what is wrong */
    public static void check(String document) {
        if (document.length() > LIMIT) {
            throw RamFaults.invalidLength("PolicyDocument", LIMIT);
        }
        try {
            PolicyReader.ofIdentity(document);
        } catch (MalformedPolicy malformed) {
            throw RamFaults.malformedPolicy(malformed.rule());
        }
    }
}
