package io.gyre.simulator.ram;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.rpc.GatewayFaults;
import io.gyre.rpc.RpcRequest;
import io.gyre.simulator.account.Answers;
import io.gyre.simulator.account.CloudAction;
import io.gyre.simulator.account.Policies;
import io.gyre.simulator.store.Transaction;
import io.gyre.simulator.time.CloudDates;
import jakarta.inject.Singleton;
import java.util.List;

/** Which system policies are attached to which users. */
@Singleton
public class RamPolicies {
    private final CloudDates dates;

    RamPolicies(CloudDates dates) {
        this.dates = dates;
    }

    public List<CloudAction> actions() {
        return List.of(
                new CloudAction("AttachPolicyToUser", this::attach),
                new CloudAction("DetachPolicyFromUser", this::detach),
                new CloudAction("ListPoliciesForUser", this::list));
    }

    private ObjectNode attach(Transaction transaction, RpcRequest request) {
        String policy = policy(request);
        int attached = transaction.change("""
                INSERT INTO ram_policy_attachment (user_name, policy_name, attached_at) VALUES (?, ?, ?)
                ON CONFLICT DO NOTHING""", RamUsers.locked(transaction, request), policy, dates.instant());
        if (attached == 0) {
            throw RamFaults.policyAttached();
        }
        return Answers.empty();
    }

    private ObjectNode detach(Transaction transaction, RpcRequest request) {
        String policy = policy(request);
        int detached = transaction.change(
                "DELETE FROM ram_policy_attachment WHERE user_name = ? AND policy_name = ?",
                RamUsers.locked(transaction, request),
                policy);
        if (detached == 0) {
            throw RamFaults.policyNotAttached();
        }
        return Answers.empty();
    }

    private ObjectNode list(Transaction transaction, RpcRequest request) {
        ObjectNode answer = Answers.empty();
        List<ObjectNode> policies = transaction.list(
                """
                SELECT policy_name, attached_at FROM ram_policy_attachment
                 WHERE user_name = ? ORDER BY policy_name""",
                row -> Answers.empty()
                        .put("PolicyName", row.getString("policy_name"))
                        .put("PolicyType", "System")
                        .put(
                                "AttachDate",
                                Transaction.instant(row, "attached_at").toString()),
                RamUsers.locked(transaction, request));
        Answers.list(answer, "Policies", "Policy", policies, policy -> policy);
        return answer;
    }

    private static String policy(RpcRequest request) {
        String type = request.text("PolicyType");
        if (type != null && !type.equals("System")) {
            throw GatewayFaults.invalid("PolicyType", "the simulator knows System policies only.");
        }
        String name = request.required("PolicyName");
        if (!Policies.SYSTEM.containsKey(name)) {
            throw RamFaults.noSuchPolicy();
        }
        return name;
    }
}
