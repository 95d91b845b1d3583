package io.gyre.api.keys;

import io.gyre.api.calendar.InstallationCalendar;
import io.gyre.api.instances.InstanceRules;
import io.gyre.api.instances.InstanceStore;
import io.gyre.api.wire.Page;
import io.gyre.envelope.Envelope;
import io.gyre.store.KmsKey;
import io.gyre.store.KmsKeyVersion;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** The rows of {@code kms_key_version}. */
@ApplicationScoped
public class KeyVersionStore {
    private static final String KEEP_INSTANCE = """
            SELECT i.instance_id FROM kms_key k JOIN kms_instance i ON i.instance_id = k.instance_id
            WHERE k.key_id = :key FOR SHARE OF i
            """;

    private final InstallationCalendar calendar;
    private final InstanceStore instances;
    private final Envelope envelope;

    KeyVersionStore(InstallationCalendar calendar, InstanceStore instances, Envelope envelope) {
        this.calendar = calendar;
        this.instances = instances;
        this.envelope = envelope;
    }

    /**
     * Keeps the key of the instance that the key belongs to what it is, until the transaction ends. Asked before the key's row is
     * taken: a rotation of the instance's key takes the instance first, too, so neither waits for the other in a ring.
     */
    public Uni<Void> keepInstance(Mutiny.StatelessSession session, String keyId) {
        return session.createNativeQuery(KEEP_INSTANCE, String.class)
                .setParameter("key", keyId)
                .getSingleResultOrNull()
                .replaceWithVoid();
    }

    /**
     * Makes a version that encrypts from now on.
     *
     * @param locked an enabled key, its row taken in this transaction, after {@link #keepInstance}
     */
    public Uni<KmsKeyVersion> rotate(Mutiny.StatelessSession session, KmsKey locked) {
        return instances
                .kept(session, locked.instanceId())
                .invoke(InstanceRules::refuseUnusable)
                .chain(instance -> calendar.now(session).chain(now -> {
                    KmsKeyVersion version = new KmsKeyVersion(
                            locked.keyId(),
                            UUID.randomUUID().toString(),
                            envelope.newKeyMaterial(instance.instanceId(), instance.wrappedKey(), locked.keyId()),
                            now.calendar());
                    return session.insert(version)
                            .chain(() -> session.update(locked.rotatedTo(version.keyVersionId(), now.calendar())))
                            .replaceWith(version);
                }));
    }

    Uni<@Nullable KmsKeyVersion> find(Mutiny.StatelessSession session, KmsKey key, String version) {
        return session.get(KmsKeyVersion.class, new KmsKeyVersion.Key(key.keyId(), version));
    }

    Uni<Long> count(Mutiny.StatelessSession session, KmsKey key) {
        return session.createSelectionQuery("select count(*) from KmsKeyVersion where keyId = :key", Long.class)
                .setParameter("key", key.keyId())
                .getSingleResult();
    }

    Uni<List<KmsKeyVersion>> page(Mutiny.StatelessSession session, KmsKey key, Page page) {
        return session.createSelectionQuery(
                        "from KmsKeyVersion where keyId = :key order by createdAt desc, keyVersionId",
                        KmsKeyVersion.class)
                .setParameter("key", key.keyId())
                .setFirstResult(page.offset())
                .setMaxResults(page.size())
                .getResultList();
    }
}
