package io.gyre.api.secrets;

import io.gyre.api.keys.SecretKey;
import io.gyre.api.wire.KmsFaults;
import io.gyre.envelope.Envelope;
import io.gyre.rpc.RpcFault;
import io.gyre.secret.SecretText;
import io.gyre.store.KmsInstance;
import io.gyre.store.KmsKey;
import io.gyre.store.Secret;
import io.gyre.store.SecretStage;
import io.gyre.store.SecretVersion;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** The rows of {@code secret}, {@code secret_version} and {@code secret_stage}, for writing. */
@ApplicationScoped
public class SecretStore {
    /** Taken before anything else of a secret is changed: whoever changes or rotates it waits here. */
    private static final String LOCK =
            "SELECT " + Secret.COLUMNS + " FROM secret WHERE account_id = :account AND name = :name FOR UPDATE";

    /** A function without a result is no column that Hibernate reads. */
    private static final String TELL =
            "SELECT 1 FROM tell_secret(:secret, CAST(:type AS text), CAST(:version AS text)) AS told";

    private static final String TELL_STAGES = "SELECT 1 FROM tell_stages(:secret) AS told";

    private final Envelope envelope;
    private final RotationStore rotations;

    SecretStore(Envelope envelope, RotationStore rotations) {
        this.envelope = envelope;
        this.rotations = rotations;
    }

    /** Null where the account has no such secret. */
    Uni<@Nullable Secret> find(Mutiny.StatelessSession session, String account, String name) {
        return session.createSelectionQuery("from Secret where accountId = :account and name = :name", Secret.class)
                .setParameter("account", account)
                .setParameter("name", name)
                .getSingleResultOrNull();
    }

    /** @return fails with an {@link RpcFault} (Forbidden.ResourceNotFound) */
    Uni<Secret> existing(Mutiny.StatelessSession session, String account, String name) {
        return find(session, account, name).onItem().ifNull().failWith(KmsFaults::secretNotFound);
    }

    /** Takes the secret's row until the transaction ends; null where the account has no such secret. */
    Uni<@Nullable Secret> lockedIfThere(Mutiny.StatelessSession session, String account, String name) {
        return session.createNativeQuery(LOCK, Secret.class)
                .setParameter("account", account)
                .setParameter("name", name)
                .getSingleResultOrNull();
    }

    /**
     * Takes the secret's row until the transaction ends.
     *
     * @return fails with an {@link RpcFault} (Forbidden.ResourceNotFound)
     */
    Uni<Secret> locked(Mutiny.StatelessSession session, String account, String name) {
        return lockedIfThere(session, account, name).onItem().ifNull().failWith(KmsFaults::secretNotFound);
    }

    /**
     * Takes the secret's row until the transaction ends, for a change that must wait for the end of a rotation.
     *
     * @return fails with an {@link RpcFault} (Forbidden.ResourceNotFound, Rejected.ResourceInDeleteWindow, or
     *     Rejected.ResourceInUse while it is being rotated)
     */
    Uni<Secret> lockedForChange(Mutiny.StatelessSession session, String account, String name) {
        return locked(session, account, name).call(secret -> refuseUnchangeable(session, secret));
    }

    /** @return fails with an {@link RpcFault}: Rejected.ResourceInDeleteWindow or Rejected.ResourceInUse */
    Uni<Void> refuseUnchangeable(Mutiny.StatelessSession session, Secret secret) {
        refuseDeleted(secret);
        return rotations
                .activeCandidate(session, secret)
                .invoke(candidate -> {
                    if (candidate != null) {
                        throw KmsFaults.beingRotated();
                    }
                })
                .replaceWithVoid();
    }

    /** @throws RpcFault UnsupportedOperation for Generic, which only its owner replaces */
    static void refuseGeneric(Secret secret) {
        if (!secret.type().isManaged()) {
            throw KmsFaults.unsupported();
        }
    }

    /** @throws RpcFault UnsupportedOperation for what is replaced by rotations alone */
    static void refuseManaged(Secret secret) {
        if (secret.type().isManaged()) {
            throw KmsFaults.unsupported();
        }
    }

    /** @throws RpcFault Forbidden.KeyPolicyUnSupported where no policy can hold */
    static void refuseOutsideInstance(Secret secret) {
        if (secret.instanceId() == null) {
            throw KmsFaults.policyUnsupported();
        }
    }

    /** @throws RpcFault Rejected.ResourceInDeleteWindow */
    static void refuseDeleted(Secret secret) {
        if (secret.deletionPlannedAt() != null) {
            throw KmsFaults.inDeleteWindow();
        }
    }

    /**
     * Tells Kafka of a change that this transaction has made, or, of a deletion, is about to make.
     *
     * @param type a CloudEvents type of {@link io.gyre.event.SecretChanged}
     * @param versionId the version that it is about; null where it is about the secret
     */
    Uni<Void> tell(Mutiny.StatelessSession session, Secret secret, String type, @Nullable String versionId) {
        return session.createNativeQuery(TELL, Integer.class)
                .setParameter("secret", secret.secretId())
                .setParameter("type", type)
                .setParameter("version", versionId)
                .getSingleResult()
                .replaceWithVoid();
    }

    /** Tells Kafka where the labels are, unless that was told last. */
    Uni<Void> tellStages(Mutiny.StatelessSession session, Secret secret) {
        return session.createNativeQuery(TELL_STAGES, Integer.class)
                .setParameter("secret", secret.secretId())
                .getSingleResult()
                .replaceWithVoid();
    }

    /** Encrypts a credential and stores it as a version without a stage label. */
    Uni<Void> addVersion(
            Mutiny.StatelessSession session,
            Secret secret,
            SecretKey key,
            String versionId,
            String dataType,
            Credential credential,
            boolean pending,
            Instant now) {
        return session.insert(new SecretVersion(
                secret.secretId(),
                versionId,
                dataType,
                credential.name(),
                key.key().keyId(),
                envelope.seal(key.chain(), secret.arn(), versionId, credential.value()),
                pending,
                now));
    }

    SecretText open(Secret secret, SecretVersion version, SecretKey key) {
        return envelope.open(key.chain(), secret.arn(), version.versionId(), version.sealed());
    }

    Uni<@Nullable SecretVersion> version(Mutiny.StatelessSession session, Secret secret, String versionId) {
        return session.get(SecretVersion.class, new SecretVersion.Key(secret.secretId(), versionId));
    }

    /** The key of an existing secret; @return fails with an {@link RpcFault} where it cannot be used. */
    Uni<SecretKey> key(Mutiny.StatelessSession session, String keyId) {
        return session.createSelectionQuery(
                        "select k, i from KmsKey k join KmsInstance i on i.instanceId = k.instanceId"
                                + " where k.keyId = :key",
                        Object[].class)
                .setParameter("key", keyId)
                .getSingleResult()
                .map(row -> SecretKey.usable((KmsKey) row[0], (KmsInstance) row[1]));
    }

    /** Points a stage label at a version, wherever it pointed before. */
    Uni<Void> label(Mutiny.StatelessSession session, Secret secret, String stage, String versionId) {
        return session.createMutationQuery("insert into SecretStage (secretId, stage, versionId)"
                        + " values (:secret, :stage, :version)"
                        + " on conflict (secretId, stage) do update set versionId = excluded.versionId")
                .setParameter("secret", secret.secretId())
                .setParameter("stage", stage)
                .setParameter("version", versionId)
                .executeUpdate()
                .replaceWithVoid();
    }

    /** Takes a stage label away from whatever version it points at. */
    Uni<Void> unlabel(Mutiny.StatelessSession session, Secret secret, String stage) {
        return session.createMutationQuery("delete from SecretStage where secretId = :secret and stage = :stage")
                .setParameter("secret", secret.secretId())
                .setParameter("stage", stage)
                .executeUpdate()
                .replaceWithVoid();
    }

    /** Each stage label with the version that it names. */
    Uni<SortedMap<String, String>> stages(Mutiny.StatelessSession session, Secret secret) {
        return session.createSelectionQuery("from SecretStage where secretId = :secret", SecretStage.class)
                .setParameter("secret", secret.secretId())
                .getResultList()
                .map(stages -> {
                    SortedMap<String, String> byName = new TreeMap<>();
                    stages.forEach(stage -> byName.put(stage.stage(), stage.versionId()));
                    return byName;
                });
    }

    /** The versions that may be dropped, oldest first: those without a label that no rotation works on. */
    Uni<List<String>> droppable(Mutiny.StatelessSession session, Secret secret) {
        return session.createSelectionQuery("""
                        select v.versionId from SecretVersion v
                        where v.secretId = :secret and not v.pending and not exists (
                            select 1 from SecretStage g where g.secretId = v.secretId and g.versionId = v.versionId)
                        order by v.createdAt, v.versionId
                        """, String.class)
                .setParameter("secret", secret.secretId())
                .getResultList();
    }

    Uni<Long> countVersions(Mutiny.StatelessSession session, Secret secret) {
        return session.createSelectionQuery("select count(*) from SecretVersion where secretId = :secret", Long.class)
                .setParameter("secret", secret.secretId())
                .getSingleResult();
    }

    Uni<Void> drop(Mutiny.StatelessSession session, Secret secret, List<String> versionIds) {
        return session.createMutationQuery(
                        "delete from SecretVersion where secretId = :secret and versionId in :versions")
                .setParameter("secret", secret.secretId())
                .setParameter("versions", versionIds)
                .executeUpdate()
                .replaceWithVoid();
    }
}
