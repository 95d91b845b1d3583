package io.gyre.api.secrets;

import io.gyre.api.calendar.Moment;
import io.gyre.api.wire.KmsFaults;
import io.gyre.rpc.RpcFault;
import io.gyre.secret.SecretText;
import io.gyre.store.Secret;
import io.gyre.store.SecretStage;
import io.gyre.store.SecretVersion;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Objects;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** A candidate whose value the caller of RotateSecret chose: stored pending, before any target hears of it. */
@ApplicationScoped
class ChosenCandidate {
    private final SecretStore store;
    private final VersionLimit versionLimit;

    ChosenCandidate(SecretStore store, VersionLimit versionLimit) {
        this.store = store;
        this.versionLimit = versionLimit;
    }

    /** @return fails with an {@link RpcFault} where the value is not one for what this rotation replaces */
    Uni<Void> store(Mutiny.StatelessSession session, Secret secret, String versionId, SecretText value, Moment now) {
        SubType subType = ExtendedConfig.stored(secret.type(), String.valueOf(secret.extendedConfig()))
                .subType();
        Credential credential = Credentials.chosen(subType, value);
        return replaced(session, secret, subType)
                .invoke(version -> refuseOtherName(version, credential))
                .chain(() -> store.key(session, secret.keyId()))
                .chain(key ->
                        store.addVersion(session, secret, key, versionId, "text", credential, true, now.calendar()))
                .chain(() -> versionLimit.keep(session, secret));
    }

    /** Of a pair the idle account is set anew, of everything else the one in use. */
    private Uni<@Nullable SecretVersion> replaced(Mutiny.StatelessSession session, Secret secret, SubType subType) {
        String stage = subType == SubType.DOUBLE_USERS ? SecretStage.PREVIOUS : SecretStage.CURRENT;
        return store.stages(session, secret)
                .chain(stages -> store.version(session, secret, Objects.requireNonNull(stages.get(stage))));
    }

    private static void refuseOtherName(@Nullable SecretVersion replaced, Credential chosen) {
        String name = replaced == null ? null : replaced.credentialName();
        if (!Objects.equals(name, chosen.name())) {
            throw KmsFaults.invalid("SecretData", "this rotation sets a value for " + name + ": name that one.");
        }
    }
}
