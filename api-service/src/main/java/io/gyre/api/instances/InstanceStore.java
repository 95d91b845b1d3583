package io.gyre.api.instances;

import io.gyre.api.calendar.Moment;
import io.gyre.api.wire.KmsFaults;
import io.gyre.api.wire.PlainText;
import io.gyre.envelope.Envelope;
import io.gyre.rpc.RpcFault;
import io.gyre.store.KmsInstance;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.hibernate.reactive.mutiny.Mutiny;

/** The rows of {@code kms_instance}. */
@ApplicationScoped
public class InstanceStore {
    /** More than any id has. */
    private static final int ID_LIMIT = 128;

    /** Whoever comes second finds the row of the first, whose instance key is the one that counts. */
    private static final String CLAIM = """
            INSERT INTO kms_instance (instance_id, account_id, wrapped_key, created_at)
            VALUES (:instance, :account, :wrappedKey, :now)
            ON CONFLICT DO NOTHING
            """;

    private final Envelope envelope;

    InstanceStore(Envelope envelope) {
        this.envelope = envelope;
    }

    /** @return fails with an {@link RpcFault} (Forbidden.DKMSInstanceNotFound) where the account has no such instance */
    public Uni<KmsInstance> named(Mutiny.StatelessSession session, String accountId, String instanceId) {
        if (!PlainText.isName(instanceId, ID_LIMIT)) {
            throw KmsFaults.instanceNotFound();
        }
        return session.get(KmsInstance.class, instanceId).map(found -> {
            if (found == null || found.shared() || !found.accountId().equals(accountId)) {
                throw KmsFaults.instanceNotFound();
            }
            return found;
        });
    }

    /** The account's share of KMS 1.0, made where it is not there yet. */
    public Uni<KmsInstance> shared(Mutiny.StatelessSession session, String accountId, Moment now) {
        String instanceId = KmsInstance.sharedBy(accountId);
        return session.get(KmsInstance.class, instanceId)
                .chain(found -> found != null
                        ? Uni.createFrom().item(found)
                        : claim(session, accountId, instanceId, now)
                                .chain(() -> session.get(KmsInstance.class, instanceId)));
    }

    private Uni<Integer> claim(Mutiny.StatelessSession session, String accountId, String instanceId, Moment now) {
        return session.createNativeQuery(CLAIM)
                .setParameter("instance", instanceId)
                .setParameter("account", accountId)
                .setParameter("wrappedKey", envelope.newInstanceKey(instanceId))
                .setParameter("now", now.calendar())
                .executeUpdate();
    }
}
