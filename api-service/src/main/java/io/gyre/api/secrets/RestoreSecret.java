package io.gyre.api.secrets;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.api.access.Installation;
import io.gyre.api.calendar.InstallationCalendar;
import io.gyre.api.calendar.Moment;
import io.gyre.api.wire.KmsFaults;
import io.gyre.api.wire.WireJson;
import io.gyre.api.wire.WireTime;
import io.gyre.event.SecretChanged;
import io.gyre.rpc.RpcAction;
import io.gyre.rpc.RpcRequest;
import io.gyre.store.Secret;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * Takes back a planned deletion. That never rotates the secret: a rotation that came due in the meantime is not made up
 * for, the policy goes on an interval from now. The answer then has both dates, in fields of Gyre's own.
 */
@ApplicationScoped
public class RestoreSecret implements RpcAction {
    private final Mutiny.SessionFactory sessions;
    private final InstallationCalendar calendar;
    private final SecretStore store;
    private final Installation installation;

    RestoreSecret(
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
        return "RestoreSecret";
    }

    @Override
    public Uni<ObjectNode> perform(RpcRequest request) {
        String name = SecretNames.existing(request, installation);
        return sessions.withStatelessTransaction(
                session -> store.locked(session, request.caller().accountId(), name)
                        .chain(secret -> calendar.now(session).chain(now -> restore(session, secret, now))));
    }

    private Uni<ObjectNode> restore(Mutiny.StatelessSession session, Secret secret, Moment now) {
        Instant planned = secret.deletionPlannedAt();
        if (planned == null) {
            throw KmsFaults.notPlannedForDeletion();
        }
        if (!planned.isAfter(now.calendar())) {
            // Its window has passed: it is gone, though the scan that deletes it may not have come by yet.
            throw KmsFaults.secretNotFound();
        }
        ObjectNode answer = WireJson.answer().put("SecretName", secret.name());
        Instant due = secret.nextRotationAt();
        Duration interval = secret.rotationInterval();
        if (due != null && interval != null && !due.isAfter(now.calendar())) {
            Instant next = now.calendar().plus(interval);
            secret.nextRotatedAt(next);
            answer.put("MissedRotationDate", WireTime.text(due)).put("NextRotationDate", WireTime.text(next));
        }
        return session.update(secret.plannedForDeletion(null).updated(now.calendar()))
                .chain(() -> store.tell(session, secret, SecretChanged.RESTORED, null))
                .replaceWith(answer);
    }
}
