package io.gyre.api.secrets;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.api.access.Installation;
import io.gyre.api.calendar.InstallationCalendar;
import io.gyre.api.wire.KmsFaults;
import io.gyre.api.wire.WireJson;
import io.gyre.rpc.RpcAction;
import io.gyre.rpc.RpcRequest;
import io.gyre.secret.SecretText;
import io.gyre.store.Secret;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/**
 * Begins a rotation at once. The version id is a token of idempotency: where the secret has that version already, or is
 * being rotated towards it, there is nothing to do. Two parameters are Gyre's own: RotationWindow, and SecretData for a
 * value that the caller chooses.
 */
@ApplicationScoped
public class RotateSecret implements RpcAction {
    private final Mutiny.SessionFactory sessions;
    private final InstallationCalendar calendar;
    private final SecretStore store;
    private final RotationStore rotations;
    private final RotationStarter starter;
    private final ChosenCandidate chosen;
    private final Installation installation;

    RotateSecret(
            Mutiny.SessionFactory sessions,
            InstallationCalendar calendar,
            SecretStore store,
            RotationStore rotations,
            RotationStarter starter,
            ChosenCandidate chosen,
            Installation installation) {
        this.sessions = sessions;
        this.calendar = calendar;
        this.store = store;
        this.rotations = rotations;
        this.starter = starter;
        this.chosen = chosen;
        this.installation = installation;
    }

    @Override
    public String name() {
        return "RotateSecret";
    }

    @Override
    public Uni<ObjectNode> perform(RpcRequest request) {
        String name = SecretNames.existing(request, installation);
        String versionId = VersionIds.required(request);
        Duration window = Spans.rotationWindow(request);
        String data = request.text("SecretData");
        SecretText value = data == null || data.isEmpty() ? null : Credentials.required(request);
        return sessions.withStatelessTransaction(
                        session -> store.locked(session, request.caller().accountId(), name)
                                .invoke(SecretStore::refuseGeneric)
                                .call(secret -> store.version(session, secret, versionId)
                                        .chain(existing -> existing == null
                                                ? rotate(session, secret, versionId, window, value)
                                                : Uni.createFrom().voidItem())))
                .map(secret -> WireJson.answer()
                        .put("Arn", secret.arn())
                        .put("SecretName", secret.name())
                        .put("VersionId", versionId));
    }

    private Uni<Void> rotate(
            Mutiny.StatelessSession session,
            Secret secret,
            String versionId,
            Duration window,
            @Nullable SecretText value) {
        SecretStore.refuseDeleted(secret);
        return rotations.activeCandidate(session, secret).chain(candidate -> {
            if (candidate == null) {
                return begin(session, secret, RotationOrder.immediate(secret, versionId, window), value);
            }
            if (candidate.equals(versionId)) {
                return Uni.createFrom().voidItem();
            }
            throw KmsFaults.beingRotated();
        });
    }

    private Uni<Void> begin(
            Mutiny.StatelessSession session, Secret secret, RotationOrder order, @Nullable SecretText value) {
        return store.key(session, secret.keyId())
                .chain(() -> starter.start(session, secret, order))
                .invoke(start -> {
                    if (start != RotationStarter.Start.BEGUN) {
                        throw KmsFaults.beingRotated();
                    }
                })
                .chain(() -> value == null
                        ? Uni.createFrom().voidItem()
                        : calendar.now(session)
                                .chain(now -> chosen.store(session, secret, order.candidateVersion(), value, now)));
    }
}
