package io.gyre.api.keys;

import io.gyre.api.access.Installation;
import io.gyre.api.calendar.Moment;
import io.gyre.api.instances.InstanceRules;
import io.gyre.api.instances.InstanceStore;
import io.gyre.api.wire.KmsFaults;
import io.gyre.envelope.Envelope;
import io.gyre.rpc.RpcFault;
import io.gyre.store.KmsInstance;
import io.gyre.store.KmsKey;
import io.gyre.store.KmsKeyVersion;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Objects;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** The rows of {@code kms_key}, each with its first version. */
@ApplicationScoped
public class KeyStore {
    private static final String SERVICE_KEY_DESCRIPTION = "Encrypts the secrets that name no key";

    /** Whoever comes second finds the service key of the first: an instance has one at most. */
    private static final String CLAIM_SERVICE_KEY = """
            WITH claimed AS (
                INSERT INTO kms_key (key_id, account_id, instance_id, service_key, description, key_spec, key_usage,
                                     key_state, origin, protection_level, creator, wrapped_material, primary_version,
                                     created_at)
                VALUES (:key, :account, :instance, true, :description, :spec, :usage,
                        :state, :origin, :protection, :creator, :material, :version, :now)
                ON CONFLICT DO NOTHING
                RETURNING key_id, primary_version, wrapped_material, created_at)
            INSERT INTO kms_key_version (key_id, key_version_id, wrapped_material, created_at)
            SELECT * FROM claimed
            """;

    private static final String FIND =
            "from KmsKey where keyId = :key and accountId = :account and keyState <> '" + KmsKey.DESTROYED + "'";

    private static final String OF_ALIAS =
            "select a.keyId from KeyAlias a where a.accountId = :account and a.name = :alias";

    /** Whoever changes a key, rotates it or gives it an alias waits here. */
    private static final String LOCK = "SELECT * FROM kms_key WHERE key_id = :key AND account_id = :account"
            + " AND key_state <> '" + KmsKey.DESTROYED + "' FOR UPDATE";

    private final InstanceStore instances;
    private final Envelope envelope;
    private final Installation installation;

    KeyStore(InstanceStore instances, Envelope envelope, Installation installation) {
        this.instances = instances;
        this.envelope = envelope;
        this.installation = installation;
    }

    /**
     * The key that the caller names.
     *
     * @param parameter the name of the request's parameter, for the refusal
     * @return fails with an {@link RpcFault} (Forbidden.KeyNotFound, Forbidden.AliasNotFound, InvalidParameter)
     */
    public Uni<KmsKey> named(Mutiny.StatelessSession session, String account, String parameter, String name) {
        return id(session, account, parameter, name)
                .chain(id -> session.createSelectionQuery(FIND, KmsKey.class)
                        .setParameter("key", id)
                        .setParameter("account", account)
                        .getSingleResultOrNull())
                .onItem()
                .ifNull()
                .failWith(KmsFaults::keyNotFound);
    }

    /**
     * The key that the caller names, its row taken until the transaction ends.
     *
     * @param parameter the name of the request's parameter, for the refusal
     * @return fails with an {@link RpcFault} (Forbidden.KeyNotFound, Forbidden.AliasNotFound, InvalidParameter)
     */
    Uni<KmsKey> locked(Mutiny.StatelessSession session, String account, String parameter, String name) {
        return id(session, account, parameter, name)
                .chain(id -> lockedIfThere(session, account, id))
                .onItem()
                .ifNull()
                .failWith(KmsFaults::keyNotFound);
    }

    /** Takes the key's row until the transaction ends; null where the account has no such key. */
    Uni<@Nullable KmsKey> lockedIfThere(Mutiny.StatelessSession session, String account, String id) {
        return session.createNativeQuery(LOCK, KmsKey.class)
                .setParameter("key", id)
                .setParameter("account", account)
                .getSingleResultOrNull();
    }

    /**
     * The id of the key that the caller names, whether or not it is there.
     *
     * @return fails with an {@link RpcFault} (Forbidden.KeyNotFound, Forbidden.AliasNotFound, InvalidParameter)
     */
    Uni<String> id(Mutiny.StatelessSession session, String account, String parameter, String name) {
        return Uni.createFrom()
                .item(() -> KeyName.of(parameter, name, installation, account))
                .chain(given -> given.isAlias()
                        ? ofAlias(session, account, given.text())
                        : Uni.createFrom().item(given.text()));
    }

    private static Uni<String> ofAlias(Mutiny.StatelessSession session, String account, String alias) {
        return session.createSelectionQuery(OF_ALIAS, String.class)
                .setParameter("account", account)
                .setParameter("alias", alias)
                .getSingleResultOrNull()
                .onItem()
                .ifNull()
                .failWith(KmsFaults::aliasNotFound);
    }

    /**
     * The key that a new secret is encrypted with: the one that the caller names, or else the service key of the
     * instance, which is made where it is not there yet.
     *
     * @param instanceId the KMS instance that the caller names; null for KMS 1.0
     * @return fails with an {@link RpcFault} where key or instance is unknown, the key cannot be used, or they do not
     *     belong together
     */
    public Uni<SecretKey> forSecret(
            Mutiny.StatelessSession session,
            String account,
            @Nullable String keyName,
            @Nullable String instanceId,
            Moment now) {
        Uni<KmsInstance> instance = instanceId == null
                ? instances.shared(session, account, now)
                : instances.named(session, account, instanceId);
        return instance.chain(found -> keyName == null
                ? serviceKey(session, found, now).map(key -> SecretKey.usable(key, found))
                : named(session, account, "EncryptionKeyId", keyName)
                        .invoke(key -> refuseOfElsewhere(key, found.instanceId()))
                        .map(key -> SecretKey.usable(key, found)));
    }

    /**
     * Whether {@link #forSecret} would find a key as things stand. Nothing is made.
     *
     * @return fails with an {@link RpcFault} as that does
     */
    public Uni<Void> requireForSecret(
            Mutiny.StatelessSession session, String account, @Nullable String keyName, @Nullable String instanceId) {
        Uni<Void> instance = instanceId == null
                ? Uni.createFrom().voidItem()
                : instances
                        .named(session, account, instanceId)
                        .invoke(InstanceRules::refuseUnusable)
                        .replaceWithVoid();
        String place = instanceId == null ? KmsInstance.sharedBy(account) : instanceId;
        return keyName == null
                ? instance
                : instance.chain(() -> named(session, account, "EncryptionKeyId", keyName))
                        .invoke(key -> {
                            refuseOfElsewhere(key, place);
                            KeyRules.refuseUnusable(key);
                            KeyRules.refuseAsymmetric(key);
                        })
                        .replaceWithVoid();
    }

    /**
     * A fresh key in an instance, not stored yet.
     *
     * @param description for people
     * @param creator the account, or {@code kms}
     * @throws RpcFault Rejected.Unavailable where the instance has expired
     */
    KmsKey fresh(KmsInstance instance, String description, String creator, Moment now) {
        String keyId = UUID.randomUUID().toString();
        InstanceRules.refuseUnusable(instance);
        byte[] material = envelope.newKeyMaterial(instance.instanceId(), instance.wrappedKey(), keyId);
        return fresh(keyId, instance, description, creator, material, now);
    }

    /**
     * A fresh asymmetric key in an instance, not stored yet.
     *
     * @param material as {@link OpenedPair} has it
     * @throws RpcFault Rejected.Unavailable where the instance has expired
     */
    KmsKey fresh(KmsInstance instance, String description, String creator, byte[] material, Moment now) {
        String keyId = UUID.randomUUID().toString();
        InstanceRules.refuseUnusable(instance);
        byte[] sealed = envelope.sealKeyMaterial(instance.instanceId(), instance.wrappedKey(), keyId, material);
        return fresh(keyId, instance, description, creator, sealed, now);
    }

    private static KmsKey fresh(
            String keyId, KmsInstance instance, String description, String creator, byte[] sealed, Moment now) {
        return new KmsKey(
                keyId, instance, description, creator, UUID.randomUUID().toString(), sealed, now.calendar());
    }

    /** Stores a fresh key with its first version. */
    Uni<KmsKey> insert(Mutiny.StatelessSession session, KmsKey key) {
        return session.insert(key)
                .chain(() -> session.insert(
                        new KmsKeyVersion(key.keyId(), key.primaryVersion(), material(key), key.createdAt())))
                .replaceWith(key);
    }

    private Uni<KmsKey> serviceKey(Mutiny.StatelessSession session, KmsInstance instance, Moment now) {
        return findServiceKey(session, instance)
                .chain(found -> found != null
                        ? Uni.createFrom().item(found)
                        : claimServiceKey(session, instance, now).chain(() -> findServiceKey(session, instance)));
    }

    private static Uni<KmsKey> findServiceKey(Mutiny.StatelessSession session, KmsInstance instance) {
        return session.createSelectionQuery("from KmsKey where instanceId = :instance and serviceKey", KmsKey.class)
                .setParameter("instance", instance.instanceId())
                .getSingleResultOrNull();
    }

    private Uni<Integer> claimServiceKey(Mutiny.StatelessSession session, KmsInstance instance, Moment now) {
        KmsKey key = fresh(instance, SERVICE_KEY_DESCRIPTION, "kms", now);
        return session.createNativeQuery(CLAIM_SERVICE_KEY)
                .setParameter("key", key.keyId())
                .setParameter("account", key.accountId())
                .setParameter("instance", key.instanceId())
                .setParameter("description", key.description())
                .setParameter("spec", key.keySpec())
                .setParameter("usage", key.keyUsage())
                .setParameter("state", key.keyState())
                .setParameter("origin", key.origin())
                .setParameter("protection", key.protectionLevel())
                .setParameter("creator", key.creator())
                .setParameter("material", material(key))
                .setParameter("version", key.primaryVersion())
                .setParameter("now", key.createdAt())
                .executeUpdate();
    }

    private static byte[] material(KmsKey fresh) {
        return Objects.requireNonNull(fresh.wrappedMaterial(), "the material of a fresh key");
    }

    private static void refuseOfElsewhere(KmsKey key, String instanceId) {
        if (!key.instanceId().equals(instanceId)) {
            throw KmsFaults.invalid("EncryptionKeyId", "key and secret must belong to the same KMS instance.");
        }
    }
}
