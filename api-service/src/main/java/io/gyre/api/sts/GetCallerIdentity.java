package io.gyre.api.sts;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.api.ram.Principals;
import io.gyre.api.ram.RamArn;
import io.gyre.api.ram.RoleStore;
import io.gyre.api.ram.UserStore;
import io.gyre.api.wire.StsApi;
import io.gyre.api.wire.WireJson;
import io.gyre.rpc.AccessKey;
import io.gyre.rpc.RpcAction;
import io.gyre.rpc.RpcRequest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.hibernate.reactive.mutiny.Mutiny;

/** Tells callers who they are. Every valid key may ask. */
@StsApi
@ApplicationScoped
public class GetCallerIdentity implements RpcAction {
    private final Mutiny.SessionFactory sessions;
    private final UserStore users;
    private final RoleStore roles;

    GetCallerIdentity(Mutiny.SessionFactory sessions, UserStore users, RoleStore roles) {
        this.sessions = sessions;
        this.users = users;
        this.roles = roles;
    }

    @Override
    public String name() {
        return "GetCallerIdentity";
    }

    @Override
    public Uni<ObjectNode> perform(RpcRequest request) {
        AccessKey caller = request.caller();
        ObjectNode answer = WireJson.answer()
                .put("AccountId", caller.accountId())
                .put("Arn", RamArn.of(caller.accountId(), caller.principal()));
        Optional<String> user = Principals.userName(caller.principal());
        if (user.isPresent()) {
            return sessions.withStatelessSession(session -> users.named(session, caller.accountId(), user.get()))
                    .map(found -> identity(answer, "RAMUser", found.userId()).put("UserId", found.userId()));
        }
        Optional<String> role = Principals.roleOfSession(caller.principal());
        if (role.isPresent()) {
            return sessions.withStatelessSession(session -> roles.named(session, caller.accountId(), role.get()))
                    .map(found -> identity(
                                    answer,
                                    "AssumedRoleUser",
                                    found.roleId() + ":" + Principals.sessionName(caller.principal()))
                            .put("RoleId", found.roleId()));
        }
        return Uni.createFrom()
                .item(identity(answer, "Account", caller.accountId()).put("UserId", caller.accountId()));
    }

    private static ObjectNode identity(ObjectNode answer, String type, String principalId) {
        return answer.put("IdentityType", type).put("PrincipalId", principalId);
    }
}
