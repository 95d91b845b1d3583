package io.gyre.api.ram;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.api.calendar.InstallationCalendar;
import io.gyre.api.wire.RamApi;
import io.gyre.rpc.RpcAction;
import io.gyre.rpc.RpcRequest;
import io.gyre.store.RamRole;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.hibernate.reactive.mutiny.Mutiny;

/** Changes whom a role trusts, how long its sessions may last, or what is said of it. */
@RamApi
@ApplicationScoped
public class UpdateRole implements RpcAction {
    private final Mutiny.SessionFactory sessions;
    private final InstallationCalendar calendar;
    private final RoleStore roles;

    UpdateRole(Mutiny.SessionFactory sessions, InstallationCalendar calendar, RoleStore roles) {
        this.sessions = sessions;
        this.calendar = calendar;
        this.roles = roles;
    }

    @Override
    public String name() {
        return "UpdateRole";
    }

    @Override
    public Uni<ObjectNode> perform(RpcRequest request) {
        String account = request.caller().accountId();
        String name = RamText.roleName(request);
        return sessions.withStatelessTransaction(
                        session -> roles.locked(session, account, name).chain(role -> calendar.now(session)
                                .chain(now -> roles.change(session, role, terms(request, role), now))))
                .chain(() -> sessions.withStatelessSession(session -> roles.named(session, account, name)))
                .map(role -> RamAnswers.one("Role", RamAnswers.wholeRole(role)));
    }

    private static RoleStore.Terms terms(RpcRequest request, RamRole role) {
        String given = request.text("NewAssumeRolePolicyDocument");
        String trustPolicy = given == null || given.isEmpty() ? role.trustPolicy() : given;
        TrustPolicy.parse(trustPolicy);
        return new RoleStore.Terms(
                RamText.changed(request, "NewDescription", RamText.DESCRIPTION_LIMIT, role.description()),
                trustPolicy,
                RoleStore.maxSession(request, "NewMaxSessionDuration", role.maxSessionSeconds()));
    }
}
