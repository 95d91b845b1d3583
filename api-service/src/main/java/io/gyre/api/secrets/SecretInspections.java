package io.gyre.api.secrets;

import io.gyre.api.workers.Inspection;
import io.gyre.rpc.RpcFault;
import io.gyre.store.Secret;
import io.gyre.store.SecretStage;
import io.gyre.store.SecretVersion;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.SortedMap;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** What there is to look at, at the target of a secret, before a rotation of it would begin. */
@ApplicationScoped
public class SecretInspections {
    private final SecretStore store;

    SecretInspections(SecretStore store) {
        this.store = store;
    }

    /**
     * A rotation of this secret, were it requested now.
     *
     * @return fails with an {@link RpcFault} where the request itself would be refused: InvalidParameter for
     *     what is no name, ResourceNotFound,
     *     UnsupportedOperation for Generic, ResourceInDeleteWindow, ResourceInUse while it is being rotated, or
     *     Rejected and the state of its key
     */
    public Uni<Inspection> ofRotation(Mutiny.StatelessSession session, String account, String name) {
        return store.existing(session, account, SecretNames.valid(name))
                .invoke(SecretStore::refuseGeneric)
                .call(secret -> store.refuseUnchangeable(session, secret))
                .call(secret -> store.key(session, secret.keyId()))
                .chain(secret -> store.stages(session, secret)
                        .chain(stages -> name(session, secret, stages, SecretStage.CURRENT)
                                .chain(former -> name(session, secret, stages, SecretStage.PREVIOUS)
                                        .map(idle -> of(secret, stages, String.valueOf(former), idle)))));
    }

    private Uni<@Nullable String> name(
            Mutiny.StatelessSession session, Secret secret, SortedMap<String, String> stages, String stage) {
        String version = stages.get(stage);
        return version == null
                ? Uni.createFrom().nullItem()
                : store.version(session, secret, version).map(SecretInspections::name);
    }

    private static @Nullable String name(@Nullable SecretVersion version) {
        return version == null ? null : version.credentialName();
    }

    private static Inspection of(
            Secret secret, SortedMap<String, String> stages, String former, @Nullable String idle) {
        ExtendedConfig config = ExtendedConfig.stored(secret.type(), String.valueOf(secret.extendedConfig()));
        return new Inspection(
                secret.secretId(),
                stages.get(SecretStage.CURRENT),
                stages.get(SecretStage.PREVIOUS),
                secret.type().rotationType().orElseThrow(),
                config.subType().wireName(),
                config.flat(),
                former,
                idle);
    }
}
