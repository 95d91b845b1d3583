package io.gyre.api.secrets;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.api.access.Installation;
import io.gyre.api.calendar.InstallationCalendar;
import io.gyre.api.wire.KmsFaults;
import io.gyre.api.wire.WireJson;
import io.gyre.rpc.RpcAction;
import io.gyre.rpc.RpcRequest;
import io.gyre.store.Secret;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import org.hibernate.reactive.mutiny.Mutiny;

/** Moves one stage label of a Generic secret, or takes it away; what a version holds never changes. */
@ApplicationScoped
public class UpdateSecretVersionStage implements RpcAction {
    private final Mutiny.SessionFactory sessions;
    private final InstallationCalendar calendar;
    private final SecretStore store;
    private final Installation installation;

    UpdateSecretVersionStage(
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
        return "UpdateSecretVersionStage";
    }

    @Override
    public Uni<ObjectNode> perform(RpcRequest request) {
        String name = SecretNames.existing(request, installation);
        StageMove move = StageMove.of(request);
        return sessions.withStatelessTransaction(session -> store.lockedForChange(
                                session, request.caller().accountId(), name)
                        .invoke(SecretStore::refuseManaged)
                        .chain(secret -> apply(session, secret, move)))
                .replaceWith(() -> WireJson.answer().put("SecretName", name));
    }

    private Uni<Void> apply(Mutiny.StatelessSession session, Secret secret, StageMove move) {
        return refuseAbsent(session, secret, move)
                .chain(() -> store.stages(session, secret))
                .chain(stages -> write(session, secret, stages, move.applied(stages)));
    }

    private Uni<Void> refuseAbsent(Mutiny.StatelessSession session, Secret secret, StageMove move) {
        String to = move.to();
        if (to == null) {
            return Uni.createFrom().voidItem();
        }
        return store.version(session, secret, to)
                .onItem()
                .ifNull()
                .failWith(KmsFaults::secretNotFound)
                .replaceWithVoid();
    }

    private Uni<Void> write(
            Mutiny.StatelessSession session,
            Secret secret,
            SortedMap<String, String> before,
            SortedMap<String, String> after) {
        if (after.equals(before)) {
            return Uni.createFrom().voidItem();
        }
        Set<String> labels = new TreeSet<>(before.keySet());
        labels.addAll(after.keySet());
        return Multi.createFrom()
                .iterable(labels)
                .onItem()
                .transformToUniAndConcatenate(label -> write(session, secret, label, before, after))
                .collect()
                .last()
                .chain(() -> calendar.now(session))
                .chain(now -> session.update(secret.updated(now.calendar())))
                .chain(() -> store.tellStages(session, secret));
    }

    private Uni<Void> write(
            Mutiny.StatelessSession session,
            Secret secret,
            String label,
            SortedMap<String, String> before,
            SortedMap<String, String> after) {
        String version = after.get(label);
        if (version == null) {
            return store.unlabel(session, secret, label);
        }
        return version.equals(before.get(label))
                ? Uni.createFrom().voidItem()
                : store.label(session, secret, label, version);
    }
}
