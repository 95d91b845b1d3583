package io.gyre.api.secrets;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.api.access.Installation;
import io.gyre.api.wire.KmsFaults;
import io.gyre.api.wire.WireJson;
import io.gyre.api.wire.WireTime;
import io.gyre.rpc.RpcAction;
import io.gyre.rpc.RpcFault;
import io.gyre.rpc.RpcRequest;
import io.gyre.store.Secret;
import io.gyre.store.SecretStage;
import io.gyre.store.SecretVersion;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** Hands out a value: by stage label, or for Generic secrets also by version. A pending version is never found. */
@ApplicationScoped
public class GetSecretValue implements RpcAction {
    private static final Set<String> MANAGED_STAGES = Set.of(SecretStage.CURRENT, SecretStage.PREVIOUS);

    private final Mutiny.SessionFactory sessions;
    private final VersionLookup lookup;
    private final SecretStore store;
    private final Installation installation;

    GetSecretValue(Mutiny.SessionFactory sessions, VersionLookup lookup, SecretStore store, Installation installation) {
        this.sessions = sessions;
        this.lookup = lookup;
        this.store = store;
        this.installation = installation;
    }

    @Override
    public String name() {
        return "GetSecretValue";
    }

    @Override
    public Uni<ObjectNode> perform(RpcRequest request) {
        if (!request.flag("DryRun", false)) {
            return answer(request);
        }
        return Uni.createFrom()
                .deferred(() -> answer(request))
                .onFailure(RpcFault.class)
                .transform(KmsFaults::dryRunWouldFail)
                .map(answer -> {
                    throw KmsFaults.dryRunWouldSucceed();
                });
    }

    private Uni<ObjectNode> answer(RpcRequest request) {
        String name = SecretNames.existing(request, installation);
        String versionId = VersionIds.optional(request);
        String stage = StageLabels.optional(request);
        boolean fetchConfig = request.flag("FetchExtendedConfig", false);
        return sessions.withStatelessSession(
                        session -> find(session, request.caller().accountId(), name, versionId, stage))
                .map(found -> answer(found, fetchConfig));
    }

    /** A label is looked up first: it is what managed secrets go by, and nearly every call gives one or nothing. */
    private Uni<FoundVersion> find(
            Mutiny.StatelessSession session,
            String account,
            String name,
            @Nullable String versionId,
            @Nullable String stage) {
        if (versionId == null) {
            String label = stage == null ? SecretStage.CURRENT : stage;
            return lookup.labelled(session, account, name, label)
                    .chain(found -> found == null
                            ? missing(session, account, name, label)
                            : Uni.createFrom().item(found).invoke(value -> refuseStage(value.secret(), label)));
        }
        return store.existing(session, account, name)
                .invoke(GetSecretValue::refuseDeleted)
                .chain(secret -> {
                    if (secret.type().isManaged()) {
                        return find(session, account, name, null, stage);
                    }
                    return lookup.numbered(session, secret, versionId).map(found -> {
                        if (found == null || (stage != null && !found.stages().contains(stage))) {
                            throw KmsFaults.secretNotFound();
                        }
                        return found;
                    });
                });
    }

    /** Tells a label that is not there from a label that this type never has, and from a secret that is not there. */
    private Uni<FoundVersion> missing(Mutiny.StatelessSession session, String account, String name, String label) {
        return store.existing(session, account, name).map(secret -> {
            refuseDeleted(secret);
            refuseStage(secret, label);
            throw KmsFaults.secretNotFound();
        });
    }

    private ObjectNode answer(FoundVersion found, boolean fetchConfig) {
        Secret secret = found.secret();
        refuseDeleted(secret);
        SecretVersion version = found.version();
        ObjectNode answer = WireJson.answer()
                .put("SecretName", secret.name())
                .put("SecretType", secret.type().wireName())
                .put("SecretData", store.open(secret, version, found.key()).reveal())
                .put("SecretDataType", version.dataType())
                .put("VersionId", version.versionId())
                .put("CreateTime", WireTime.text(version.createdAt()));
        ArrayNode stages = WireJson.list(answer, "VersionStages", "VersionStage");
        found.stages().forEach(stages::add);
        SecretView.describeRotation(answer, secret);
        if (fetchConfig) {
            SecretView.describeConfig(answer, secret);
        }
        return answer;
    }

    private static void refuseDeleted(Secret secret) {
        if (secret.deletionPlannedAt() != null) {
            throw KmsFaults.inDeleteWindow();
        }
    }

    private static void refuseStage(Secret secret, String stage) {
        if (secret.type().isManaged() && !MANAGED_STAGES.contains(stage)) {
            throw KmsFaults.invalid("VersionStage", "it must be ACSCurrent or ACSPrevious for this type of secret.");
        }
    }
}
