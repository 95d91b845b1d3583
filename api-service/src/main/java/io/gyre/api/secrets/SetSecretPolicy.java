package io.gyre.api.secrets;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.api.access.Installation;
import io.gyre.api.calendar.InstallationCalendar;
import io.gyre.api.wire.ResourcePolicy;
import io.gyre.api.wire.WireJson;
import io.gyre.event.SecretChanged;
import io.gyre.rpc.RpcAction;
import io.gyre.rpc.RpcRequest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.hibernate.reactive.mutiny.Mutiny;

/** Sets who may do what with a secret of a KMS instance. */
@ApplicationScoped
public class SetSecretPolicy implements RpcAction {
    private final Mutiny.SessionFactory sessions;
    private final InstallationCalendar calendar;
    private final SecretStore store;
    private final Installation installation;

    SetSecretPolicy(
            Mutiny.SessionFactory sessions,
            InstallationCalendar calendar,
            SecretStore store,
            Installation installation) {
        this.sessions = sessions;
        this.calendar = calendar;
        this.store = store;
        this.installation = installation;
    }

    @Override
    public String name() {
        return "SetSecretPolicy";
    }

    @Override
    public Uni<ObjectNode> perform(RpcRequest request) {
        String name = SecretNames.existing(request, installation);
        String policy = request.required("Policy");
        ResourcePolicy.checkName(request);
        ResourcePolicy.check(policy);
        return sessions.withStatelessTransaction(session -> store.locked(
                                session, request.caller().accountId(), name)
                        .invoke(SecretStore::refuseOutsideInstance)
                        .invoke(SecretStore::refuseDeleted)
                        .chain(secret -> calendar.now(session)
                                .chain(now ->
                                        session.update(secret.governedBy(policy).updated(now.calendar())))
                                .chain(() -> store.tell(session, secret, SecretChanged.RESOURCE_POLICY_SET, null))))
                .replaceWith(WireJson::answer);
    }
}
