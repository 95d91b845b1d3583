package io.gyre.simulator.account;

import io.gyre.rpc.AccessKey;
import io.gyre.rpc.RpcFault;
import io.gyre.rpc.RpcRequest;
import io.gyre.simulator.store.Transaction;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;

/** What a caller may do: everything for the account itself, for a RAM user what its system policies grant. */
@Singleton
public class Policies {
    /** The system policies that the simulator knows, and the products that each opens. */
    public static final Map<String, List<String>> SYSTEM = Map.of(
            "AdministratorAccess", List.of("Ram", "Rds", "Ecs"),
            "AliyunRAMFullAccess", List.of("Ram"),
            "AliyunRDSFullAccess", List.of("Rds"),
            "AliyunECSFullAccess", List.of("Ecs"));

    private static final String USER = "user/";

    /** @throws RpcFault NoPermission */
    public void check(Transaction transaction, RpcRequest request) {
        AccessKey caller = request.caller();
        if (isAccount(caller) || request.product().equals("Sts")) {
            return;
        }
        boolean granted = transaction
                .list(
                        "SELECT policy_name FROM ram_policy_attachment WHERE user_name = ?",
                        row -> row.getString(1),
                        userName(caller))
                .stream()
                .anyMatch(policy -> SYSTEM.getOrDefault(policy, List.of()).contains(request.product()));
        if (!granted) {
            throw new RpcFault(403, "NoPermission", "You are not authorized to do this action.");
        }
    }

    /** Whether it is the account's own key, not a RAM user's. */
    public static boolean isAccount(AccessKey caller) {
        return !caller.principal().startsWith(USER);
    }

    /** The RAM user whose key it is. */
    public static String userName(AccessKey caller) {
        return caller.principal().substring(USER.length());
    }

    static String principal(String userName) {
        return USER + userName;
    }
}
