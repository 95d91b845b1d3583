package io.gyre.api.ram;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.api.calendar.InstallationCalendar;
import io.gyre.api.wire.RamApi;
import io.gyre.api.wire.WireJson;
import io.gyre.rpc.RpcAction;
import io.gyre.rpc.RpcRequest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import org.hibernate.reactive.mutiny.Mutiny;

/** Chooses the version of a policy that counts. */
@RamApi
@ApplicationScoped
public class SetDefaultPolicyVersion implements RpcAction {
    private final Mutiny.SessionFactory sessions;
    private final InstallationCalendar calendar;
    private final PolicyStore policies;
    private final Event<PoliciesChanged> changes;

    SetDefaultPolicyVersion(
            Mutiny.SessionFactory sessions,
            InstallationCalendar calendar,
            PolicyStore policies,
            Event<PoliciesChanged> changes) {
        this.sessions = sessions;
        this.calendar = calendar;
        this.policies = policies;
        this.changes = changes;
    }

    @Override
    public String name() {
        return "SetDefaultPolicyVersion";
    }

    @Override
    public Uni<ObjectNode> perform(RpcRequest request) {
        String account = request.caller().accountId();
        String name = RamText.policyName(request);
        String version = PolicyVersions.id(request);
        return sessions.withStatelessTransaction(session -> policies.locked(session, account, name)
                        .chain(policy -> policies.version(session, policy, version))
                        .chain(found -> calendar.now(session).chain(now -> policies.setDefault(session, found, now))))
                .invoke(() -> changes.fire(new PoliciesChanged(account)))
                .replaceWith(WireJson::answer);
    }
}
