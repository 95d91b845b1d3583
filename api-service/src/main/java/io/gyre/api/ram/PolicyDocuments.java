package io.gyre.api.ram;

import io.gyre.rpc.RpcFault;

/** Whether a text is a policy that the account's evaluator understands; {@code io.gyre.api.access} answers it. */
public interface PolicyDocuments {
    /** @throws RpcFault MalformedPolicyDocument, saying what is wrong */
    void check(String document);
}
