package io.gyre.api.secrets;

import io.gyre.api.secrets.ReadableSecret.LabelledVersion;
import io.gyre.store.KmsInstance;
import io.gyre.store.KmsKey;
import io.gyre.store.Secret;
import io.gyre.store.SecretVersion;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * Finds versions to be read. Label, version, key and secret come from one statement, and so from one moment: a rotation
 * that commits meanwhile shows wholly or not at all.
 */
@ApplicationScoped
public class VersionLookup {
    /** A secret comes also without any such version: that it is there decides what the caller is told. */
    private static final String MEANT = """
            select s, v, k, i, label.stage
            from Secret s
            left join SecretVersion v on v.secretId = s.secretId and not v.pending
                and (v.versionId in (:versions) or exists (
                    select 1 from SecretStage named where named.secretId = v.secretId
                        and named.versionId = v.versionId and named.stage in (:stages)))
            left join KmsKey k on k.keyId = v.keyId
            left join KmsInstance i on i.instanceId = k.instanceId
            left join SecretStage label on label.secretId = v.secretId and label.versionId = v.versionId
            where s.accountId = :account and s.name in (:names)
            order by label.stage
            """;

    /** By name, each of the secrets that is there, with at least the versions that are wanted of it. */
    Uni<Map<String, ReadableSecret>> meant(
            Mutiny.StatelessSession session, String account, Collection<WantedValue> wanted) {
        Set<String> versions =
                wanted.stream().map(value -> String.valueOf(value.versionId())).collect(Collectors.toSet());
        return session.createSelectionQuery(MEANT, Object[].class)
                .setParameter("account", account)
                .setParameter("names", wanted.stream().map(WantedValue::name).collect(Collectors.toSet()))
                .setParameter("versions", versions)
                .setParameter("stages", wanted.stream().map(WantedValue::label).collect(Collectors.toSet()))
                .getResultList()
                .map(VersionLookup::secrets);
    }

    private static Map<String, ReadableSecret> secrets(List<Object[]> rows) {
        Map<String, ReadableSecret> secrets = new LinkedHashMap<>();
        Map<SecretVersion.Key, LabelledVersion> versions = new LinkedHashMap<>();
        for (Object[] row : rows) {
            Secret secret = (Secret) row[0];
            ReadableSecret readable =
                    secrets.computeIfAbsent(secret.name(), name -> new ReadableSecret(secret, new ArrayList<>()));
            if (row[1] instanceof SecretVersion version) {
                LabelledVersion labelled = versions.computeIfAbsent(
                        new SecretVersion.Key(version.secretId(), version.versionId()), key -> {
                            LabelledVersion first = new LabelledVersion(
                                    version, (KmsKey) row[2], (KmsInstance) row[3], new ArrayList<>());
                            readable.versions().add(first);
                            return first;
                        });
                if (row[4] instanceof String stage) {
                    labelled.stages().add(stage);
                }
            }
        }
        return secrets;
    }
}
