package io.gyre.simulator.sts;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.rpc.AccessKey;
import io.gyre.rpc.RpcRequest;
import io.gyre.simulator.account.Answers;
import io.gyre.simulator.account.CloudAction;
import io.gyre.simulator.account.Policies;
import io.gyre.simulator.store.Transaction;
import jakarta.inject.Singleton;
import java.util.List;

/** GetCallerIdentity, which every valid key may call: the proof that a key works. */
@Singleton
public class CallerIdentity {
    public List<CloudAction> actions() {
        return List.of(new CloudAction("GetCallerIdentity", this::get));
    }

    private ObjectNode get(Transaction transaction, RpcRequest request) {
        AccessKey caller = request.caller();
        ObjectNode answer = Answers.empty()
                .put("AccountId", caller.accountId())
                .put("Arn", "acs:ram::" + caller.accountId() + ":" + caller.principal());
        if (Policies.isAccount(caller)) {
            return answer.put("IdentityType", "Account")
                    .put("PrincipalId", caller.accountId())
                    .put("UserId", caller.accountId());
        }
        String userId = transaction
                .one(
                        "SELECT user_id FROM ram_user WHERE user_name = ?",
                        row -> row.getString(1),
                        Policies.userName(caller))
                .orElseThrow();
        return answer.put("IdentityType", "RAMUser").put("PrincipalId", userId).put("UserId", userId);
    }
}
