package io.gyre.api.ram;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.api.calendar.InstallationCalendar;
import io.gyre.api.wire.RamApi;
import io.gyre.rpc.RpcAction;
import io.gyre.rpc.RpcRequest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.hibernate.reactive.mutiny.Mutiny;

/** Makes a role, which whoever its trust policy names may take on. */
@RamApi
@ApplicationScoped
public class CreateRole implements RpcAction {
    private final Mutiny.SessionFactory sessions;
    private final InstallationCalendar calendar;
    private final RoleStore roles;

    CreateRole(Mutiny.SessionFactory sessions, InstallationCalendar calendar, RoleStore roles) {
        this.sessions = sessions;
        this.calendar = calendar;
        this.roles = roles;
    }

    @Override
    public String name() {
        return "CreateRole";
    }

    @Override
    public Uni<ObjectNode> perform(RpcRequest request) {
        String account = request.caller().accountId();
        String name = RamText.roleName(request);
        String trustPolicy = request.required("AssumeRolePolicyDocument");
        TrustPolicy.parse(trustPolicy);
        RoleStore.Terms terms = new RoleStore.Terms(
                RamText.description(request, "Description"),
                trustPolicy,
                RoleStore.maxSession(request, "MaxSessionDuration", RoleStore.SHORTEST_MAX_SESSION));
        return sessions.withStatelessTransaction(session -> calendar.now(session)
                        .chain(now -> roles.add(session, account, name, terms, now))
                        .invoke(added -> {
                            if (!added) {
                                throw RamFaults.roleExists();
                            }
                        })
                        .chain(() -> roles.named(session, account, name)))
                .map(role -> RamAnswers.one("Role", RamAnswers.wholeRole(role)));
    }
}
