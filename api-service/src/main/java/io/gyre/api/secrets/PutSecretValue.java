package io.gyre.api.secrets;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.api.access.Installation;
import io.gyre.api.calendar.InstallationCalendar;
import io.gyre.api.calendar.Moment;
import io.gyre.api.keys.SecretKey;
import io.gyre.api.wire.KmsFaults;
import io.gyre.api.wire.WireJson;
import io.gyre.event.SecretChanged;
import io.gyre.rpc.RpcAction;
import io.gyre.rpc.RpcRequest;
import io.gyre.secret.SecretText;
import io.gyre.store.Secret;
import io.gyre.store.SecretStage;
import io.gyre.store.SecretVersion;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * Gives a Generic secret a new value. Versions never change: the same version id with the same value is done already,
 * with another value it is refused. Where the new version takes ACSCurrent, the one that had it becomes ACSPrevious.
 */
@ApplicationScoped
public class PutSecretValue implements RpcAction {
    private final Mutiny.SessionFactory sessions;
    private final InstallationCalendar calendar;
    private final SecretStore store;
    private final VersionLimit versionLimit;
    private final Installation installation;

    PutSecretValue(
            Mutiny.SessionFactory sessions,
            InstallationCalendar calendar,
            SecretStore store,
            VersionLimit versionLimit,
            Installation installation) {
        this.sessions = sessions;
        this.calendar = calendar;
        this.store = store;
        this.versionLimit = versionLimit;
        this.installation = installation;
    }

    /** The new version as it is asked for. */
    private record Put(String versionId, String dataType, SecretText value, Set<String> stages) {}

    @Override
    public String name() {
        return "PutSecretValue";
    }

    @Override
    public Uni<ObjectNode> perform(RpcRequest request) {
        String name = SecretNames.existing(request, installation);
        Put put = new Put(
                VersionIds.required(request),
                NewSecret.dataType(request, false),
                Credentials.required(request),
                StageLabels.ofNewVersion(request));
        return sessions.withStatelessTransaction(
                        session -> store.locked(session, request.caller().accountId(), name)
                                .invoke(SecretStore::refuseManaged)
                                .invoke(SecretStore::refuseDeleted)
                                .chain(secret -> put(session, secret, put)))
                .map(stages -> answer(name, put.versionId(), stages));
    }

    private Uni<SortedMap<String, String>> put(Mutiny.StatelessSession session, Secret secret, Put put) {
        return store.version(session, secret, put.versionId())
                .chain(existing -> existing == null
                        ? store.key(session, secret.keyId())
                                .chain(key -> calendar.now(session).chain(now -> add(session, secret, key, put, now)))
                        : store.key(session, existing.keyId()).invoke(key -> refuseChange(secret, existing, key, put)))
                .chain(() -> store.stages(session, secret));
    }

    private void refuseChange(Secret secret, SecretVersion existing, SecretKey key, Put put) {
        boolean same = existing.dataType().equals(put.dataType())
                && store.open(secret, existing, key).equals(put.value());
        if (!same) {
            throw KmsFaults.versionExists();
        }
    }

    private Uni<SecretKey> add(Mutiny.StatelessSession session, Secret secret, SecretKey key, Put put, Moment now) {
        Credential credential = new Credential(null, put.value());
        return store.addVersion(
                        session, secret, key, put.versionId(), put.dataType(), credential, false, now.calendar())
                .chain(() -> store.stages(session, secret))
                .chain(stages -> moveLabels(session, secret, put, stages))
                .chain(() -> versionLimit.keep(session, secret))
                .chain(() -> session.update(secret.updated(now.calendar())))
                .chain(() -> store.tell(session, secret, SecretChanged.VERSION_PUT, put.versionId()))
                .replaceWith(key);
    }

    private Uni<Void> moveLabels(Mutiny.StatelessSession session, Secret secret, Put put, Map<String, String> stages) {
        Uni<Void> moved = Uni.createFrom().voidItem();
        String current = stages.get(SecretStage.CURRENT);
        if (put.stages().contains(SecretStage.CURRENT) && current != null) {
            moved = store.label(session, secret, SecretStage.PREVIOUS, current);
        }
        long labels = put.stages().stream()
                        .filter(stage -> !stages.containsKey(stage))
                        .count()
                + stages.size();
        if (labels > StageLabels.LIMIT) {
            throw KmsFaults.secretLimitExceeded();
        }
        for (String stage : put.stages()) {
            moved = moved.chain(() -> store.label(session, secret, stage, put.versionId()));
        }
        return moved;
    }

    private static ObjectNode answer(String name, String versionId, SortedMap<String, String> stages) {
        ObjectNode answer = WireJson.answer().put("SecretName", name).put("VersionId", versionId);
        ArrayNode labels = WireJson.list(answer, "VersionStages", "VersionStage");
        stages.forEach((stage, version) -> {
            if (version.equals(versionId)) {
                labels.add(stage);
            }
        });
        return answer;
    }
}
