package io.gyre.api.secrets;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.api.access.Installation;
import io.gyre.api.calendar.InstallationCalendar;
import io.gyre.api.calendar.Moment;
import io.gyre.api.wire.WireJson;
import io.gyre.event.SecretChanged;
import io.gyre.rpc.RpcAction;
import io.gyre.rpc.RpcRequest;
import io.gyre.store.Secret;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/**
 * Sets or takes away a secret's rotation policy. The first rotation comes an interval after the last one (or after
 * creation); where that is past, the next scan begins it.
 */
@ApplicationScoped
public class UpdateSecretRotationPolicy implements RpcAction {
    private final Mutiny.SessionFactory sessions;
    private final InstallationCalendar calendar;
    private final SecretStore store;
    private final Installation installation;

    UpdateSecretRotationPolicy(
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
        return "UpdateSecretRotationPolicy";
    }

    @Override
    public Uni<ObjectNode> perform(RpcRequest request) {
        String name = SecretNames.existing(request, installation);
        request.required("EnableAutomaticRotation");
        Duration interval = request.flag("EnableAutomaticRotation", false) ? Spans.rotationInterval(request) : null;
        return sessions.withStatelessTransaction(session -> store.lockedForChange(
                                session, request.caller().accountId(), name)
                        .invoke(SecretStore::refuseGeneric)
                        .chain(secret -> calendar.now(session)
                                .chain(now -> session.update(changed(secret, interval, now)))
                                .chain(() -> store.tell(session, secret, SecretChanged.ROTATION_POLICY_CHANGED, null))))
                .replaceWith(() -> WireJson.answer().put("SecretName", name));
    }

    private static Secret changed(Secret secret, @Nullable Duration interval, Moment now) {
        return (interval == null ? secret.notRotated() : secret.rotatedEvery(interval)).updated(now.calendar());
    }
}
