package io.gyre.api.secrets;

import io.gyre.store.KmsInstance;
import io.gyre.store.KmsKey;
import io.gyre.store.Secret;
import io.gyre.store.SecretVersion;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Objects;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/**
 * Finds one version to be read. Label, version, key and secret come from one statement, and so from one moment: a
 * rotation that commits meanwhile shows wholly or not at all.
 */
@ApplicationScoped
public class VersionLookup {
    private static final String LABELLED = """
            select s, v, k, i, label.stage
            from Secret s
            join SecretStage named on named.secretId = s.secretId and named.stage = :stage
            join SecretVersion v on v.secretId = s.secretId and v.versionId = named.versionId
            join KmsKey k on k.keyId = v.keyId
            join KmsInstance i on i.instanceId = k.instanceId
            join SecretStage label on label.secretId = s.secretId and label.versionId = v.versionId
            where s.accountId = :account and s.name = :name and not v.pending
            order by label.stage
            """;

    private static final String NUMBERED = """
            select s, v, k, i, label.stage
            from Secret s
            join SecretVersion v on v.secretId = s.secretId and v.versionId = :version
            join KmsKey k on k.keyId = v.keyId
            join KmsInstance i on i.instanceId = k.instanceId
            left join SecretStage label on label.secretId = s.secretId and label.versionId = v.versionId
            where s.secretId = :secret and not v.pending
            order by label.stage
            """;

    /** Null where there is no such secret, or nothing with that label. */
    Uni<@Nullable FoundVersion> labelled(Mutiny.StatelessSession session, String account, String name, String stage) {
        return session.createSelectionQuery(LABELLED, Object[].class)
                .setParameter("account", account)
                .setParameter("name", name)
                .setParameter("stage", stage)
                .getResultList()
                .map(VersionLookup::found);
    }

    /** Null where the secret has no such version. */
    Uni<@Nullable FoundVersion> numbered(Mutiny.StatelessSession session, Secret secret, String versionId) {
        return session.createSelectionQuery(NUMBERED, Object[].class)
                .setParameter("secret", secret.secretId())
                .setParameter("version", versionId)
                .getResultList()
                .map(VersionLookup::found);
    }

    private static @Nullable FoundVersion found(List<Object[]> rows) {
        if (rows.isEmpty()) {
            return null;
        }
        Object[] first = rows.get(0);
        return new FoundVersion(
                (Secret) first[0],
                (SecretVersion) first[1],
                SecretStore.usable((KmsKey) first[2], (KmsInstance) first[3]),
                rows.stream()
                        .map(row -> (String) row[4])
                        .filter(Objects::nonNull)
                        .toList());
    }
}
