package io.gyre.api.secrets;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.api.access.Installation;
import io.gyre.api.calendar.InstallationCalendar;
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
 * Plans a secret's deletion for the end of its recovery window, or deletes it at once. What it names at its target is
 * left alone.
 */
@ApplicationScoped
public class DeleteSecret implements RpcAction {
    private static final int DEFAULT_WINDOW = 30;
    private static final int SHORTEST_WINDOW = 7;
    private static final int LONGEST_WINDOW = 30;

    private final Mutiny.SessionFactory sessions;
    private final InstallationCalendar calendar;
    private final SecretStore store;
    private final Installation installation;

    DeleteSecret(
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
        return "DeleteSecret";
    }

    /** A window beside ForceDeleteWithoutRecovery=true is not read: Terraform's provider always sends one. */
    @Override
    public Uni<ObjectNode> perform(RpcRequest request) {
        String name = SecretNames.existing(request, installation);
        boolean force = request.flag("ForceDeleteWithoutRecovery", false);
        Duration window = force
                ? Duration.ZERO
                : Duration.ofDays(
                        request.integer("RecoveryWindowInDays", DEFAULT_WINDOW, SHORTEST_WINDOW, LONGEST_WINDOW));
        return sessions.withStatelessTransaction(session -> store.lockedForChange(
                                session, request.caller().accountId(), name)
                        .chain(secret -> delete(session, secret, force, window)))
                .map(when -> WireJson.answer().put("SecretName", name).put("PlannedDeleteTime", WireTime.text(when)));
    }

    private Uni<Instant> delete(Mutiny.StatelessSession session, Secret secret, boolean force, Duration window) {
        return calendar.now(session).chain(now -> {
            Instant when = now.calendar().plus(window);
            Uni<Void> done = force
                    ? store.tell(session, secret, SecretChanged.DELETED, null).chain(() -> session.delete(secret))
                    : session.update(secret.plannedForDeletion(when).updated(now.calendar()))
                            .chain(() -> store.tell(session, secret, SecretChanged.DELETION_PLANNED, null));
            return done.replaceWith(when);
        });
    }
}
