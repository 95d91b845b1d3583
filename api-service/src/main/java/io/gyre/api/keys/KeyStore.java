package io.gyre.api.keys;

import io.gyre.api.access.Installation;
import io.gyre.api.calendar.Moment;
import io.gyre.api.instances.InstanceStore;
import io.gyre.api.wire.KmsFaults;
import io.gyre.envelope.Envelope;
import io.gyre.rpc.RpcFault;
import io.gyre.store.KmsInstance;
import io.gyre.store.KmsKey;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** The rows of {@code kms_key}. */
@ApplicationScoped
public class KeyStore {
    private static final String SERVICE_KEY_DESCRIPTION = "Encrypts the secrets that name no key";

    /** Whoever comes second finds the service key of the first: an instance has one at most. */
    private static final String CLAIM_SERVICE_KEY = """
            INSERT INTO kms_key (key_id, account_id, instance_id, service_key, description, key_spec, key_usage,
                                 key_state, origin, protection_level, creator, wrapped_material, created_at)
            VALUES (:key, :account, :instance, true, :description, :spec, :usage,
                    :state, :origin, :protection, :creator, :material, :now)
            ON CONFLICT DO NOTHING
            """;

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
        String id = KeyName.id(parameter, name, installation, account);
        return session.get(KmsKey.class, id).map(found -> {
            if (found == null || !found.accountId().equals(account)) {
                throw KmsFaults.keyNotFound();
            }
            return found;
        });
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
                ? serviceKey(session, found, now).map(key -> new SecretKey(key, found))
                : named(session, account, "EncryptionKeyId", keyName)
                        .map(key -> new SecretKey(usable(key, found), found)));
    }

    /**
     * A fresh key in an instance.
     *
     * @param description for people
     */
    Uni<KmsKey> create(Mutiny.StatelessSession session, KmsInstance instance, String description, Moment now) {
        KmsKey key = fresh(instance, description, instance.accountId(), now);
        return session.insert(key).replaceWith(key);
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
                .setParameter("material", key.wrappedMaterial())
                .setParameter("now", key.createdAt())
                .executeUpdate();
    }

    private KmsKey fresh(KmsInstance instance, String description, String creator, Moment now) {
        String keyId = UUID.randomUUID().toString();
        byte[] material = envelope.newKeyMaterial(instance.instanceId(), instance.wrappedKey(), keyId);
        return new KmsKey(keyId, instance, description, creator, material, now.calendar());
    }

    private static KmsKey usable(KmsKey key, KmsInstance instance) {
        if (!key.instanceId().equals(instance.instanceId())) {
            throw KmsFaults.invalid("EncryptionKeyId", "key and secret must belong to the same KMS instance.");
        }
        if (!key.keyState().equals("Enabled")) {
            throw KmsFaults.keyIs(key.keyState());
        }
        return key;
    }
}
