package io.gyre.api.instances;

import io.gyre.api.calendar.Moment;
import io.gyre.api.rootkey.CurrentRootKey;
import io.gyre.api.wire.KmsFaults;
import io.gyre.api.wire.Page;
import io.gyre.api.wire.PlainText;
import io.gyre.envelope.Envelope;
import io.gyre.rpc.RpcFault;
import io.gyre.store.KmsInstance;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import org.hibernate.LockMode;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

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

    private static final String CREATE = """
            INSERT INTO kms_instance (instance_id, account_id, wrapped_key, created_at, name, expires_at)
            VALUES (:instance, :account, :wrappedKey, :now, :name, CAST(:now AS timestamptz) + CAST(:days AS integer) * interval '1 day')
            """;

    private static final String RENEW = """
            UPDATE kms_instance
            SET expires_at = GREATEST(expires_at, calendar_now()) + CAST(:days AS integer) * interval '1 day', warnings_told = 0
            WHERE instance_id = :instance
            """;

    /**
     * A rotation that runs needs the instance's key until its end, or a credential were lost; none begins after the
     * expiry, so there is nothing to wait for afterwards.
     */
    private static final String RELEASE_PAST = """
            UPDATE kms_instance i
            SET wrapped_key = NULL, released_at = calendar_now()
            WHERE i.released_at IS NULL
              AND i.expires_at <= (SELECT calendar_now()) - CAST(:seconds AS bigint) * interval '1 second'
              AND NOT EXISTS (
                SELECT 1
                FROM kms_key k
                JOIN secret s ON s.key_id = k.key_id
                JOIN rotation r ON r.secret_id = s.secret_id AND r.ended_at IS NULL
                WHERE k.instance_id = i.instance_id)
            """;

    private static final String NOT_RELEASED =
            " where accountId = :account and instanceId <> :shared and releasedAt is null";

    private final CurrentRootKey rootKey;
    private final Envelope envelope;

    InstanceStore(CurrentRootKey rootKey, Envelope envelope) {
        this.rootKey = rootKey;
        this.envelope = envelope;
    }

    /**
     * For whoever makes or uses keys of it: its key stays what it is until the transaction ends.
     *
     * @return fails with an {@link RpcFault} (Forbidden.DKMSInstanceNotFound) where the account has no such instance
     */
    public Uni<KmsInstance> named(Mutiny.StatelessSession session, String accountId, String instanceId) {
        if (!PlainText.isName(instanceId, ID_LIMIT)) {
            throw KmsFaults.instanceNotFound();
        }
        return kept(session, accountId, instanceId).onItem().ifNull().failWith(KmsFaults::instanceNotFound);
    }

    /** The account's share of KMS 1.0, made where it is not there yet; its key stays what it is until the transaction ends. */
    public Uni<KmsInstance> shared(Mutiny.StatelessSession session, String accountId, Moment now) {
        String instanceId = KmsInstance.sharedBy(accountId);
        return kept(session, instanceId)
                .chain(found -> found != null
                        ? Uni.createFrom().item(found)
                        : claim(session, accountId, instanceId, now).chain(() -> kept(session, instanceId)));
    }

    /** The instance that a key belongs to; its key stays what it is until the transaction ends. */
    public Uni<KmsInstance> kept(Mutiny.StatelessSession session, String instanceId) {
        return session.get(KmsInstance.class, instanceId, LockMode.PESSIMISTIC_READ);
    }

    /** Null where the account has no such instance; its key stays what it is until the transaction ends. */
    public Uni<@Nullable KmsInstance> kept(Mutiny.StatelessSession session, String accountId, String instanceId) {
        return kept(session, instanceId).map(found -> seen(accountId, found));
    }

    /** Those that callers see, the oldest first. */
    public Uni<List<KmsInstance>> all(Mutiny.StatelessSession session, String accountId) {
        return session.createSelectionQuery(
                        "from KmsInstance where accountId = :account and instanceId <> :shared"
                                + " order by createdAt, instanceId",
                        KmsInstance.class)
                .setParameter("account", accountId)
                .setParameter("shared", KmsInstance.sharedBy(accountId))
                .getResultList();
    }

    /** A page of those that were not released, the oldest first. */
    Uni<List<KmsInstance>> page(Mutiny.StatelessSession session, String accountId, Page page) {
        return session.createSelectionQuery(
                        "from KmsInstance" + NOT_RELEASED + " order by createdAt, instanceId", KmsInstance.class)
                .setParameter("account", accountId)
                .setParameter("shared", KmsInstance.sharedBy(accountId))
                .setFirstResult(page.offset())
                .setMaxResults(page.size())
                .getResultList();
    }

    Uni<Long> count(Mutiny.StatelessSession session, String accountId) {
        return session.createSelectionQuery("select count(*) from KmsInstance" + NOT_RELEASED, Long.class)
                .setParameter("account", accountId)
                .setParameter("shared", KmsInstance.sharedBy(accountId))
                .getSingleResult();
    }

    /** @param days of the calendar until it expires; null where it does not end */
    public Uni<KmsInstance> create(
            Mutiny.StatelessSession session, String accountId, String name, @Nullable Long days, Moment now) {
        String id = "kst-" + UUID.randomUUID();
        return rootKey.forSealing(session)
                .chain(under -> session.createNativeQuery(CREATE)
                        .setParameter("instance", id)
                        .setParameter("account", accountId)
                        .setParameter("wrappedKey", envelope.newInstanceKey(under, id))
                        .setParameter("now", now.calendar())
                        .setParameter("name", name)
                        .setParameter("days", days)
                        .executeUpdate())
                .chain(() -> session.get(KmsInstance.class, id));
    }

    /** Null where the account has no such instance. */
    public Uni<@Nullable KmsInstance> found(Mutiny.StatelessSession session, String accountId, String instanceId) {
        return session.get(KmsInstance.class, instanceId).map(found -> seen(accountId, found));
    }

    /** Takes the row until the transaction ends; null where the account has no such instance. */
    public Uni<@Nullable KmsInstance> locked(Mutiny.StatelessSession session, String accountId, String instanceId) {
        return session.get(KmsInstance.class, instanceId, LockMode.PESSIMISTIC_WRITE)
                .map(found -> seen(accountId, found));
    }

    /** The same, also of the account's share of KMS 1.0. */
    Uni<@Nullable KmsInstance> taken(Mutiny.StatelessSession session, String accountId, String instanceId) {
        return session.get(KmsInstance.class, instanceId, LockMode.PESSIMISTIC_WRITE)
                .map(found -> found == null || !found.accountId().equals(accountId) ? null : found);
    }

    private static @Nullable KmsInstance seen(String accountId, @Nullable KmsInstance found) {
        return found == null || found.shared() || !found.accountId().equals(accountId) ? null : found;
    }

    /**
     * From its expiry on, or from now where that has passed.
     *
     * @param instanceId of one that ends, was not released, and whose row is taken
     */
    public Uni<KmsInstance> renew(Mutiny.StatelessSession session, String instanceId, long days) {
        return session.createNativeQuery(RENEW)
                .setParameter("instance", instanceId)
                .setParameter("days", days)
                .executeUpdate()
                .chain(() -> session.get(KmsInstance.class, instanceId));
    }

    /** Destroys the keys of instances that were not renewed in time; @return of how many. */
    public Uni<Integer> releasePast(Mutiny.StatelessSession session) {
        return session.createNativeQuery(RELEASE_PAST)
                .setParameter("seconds", InstanceRules.UNTIL_RELEASE.toSeconds())
                .executeUpdate();
    }

    private Uni<Integer> claim(Mutiny.StatelessSession session, String accountId, String instanceId, Moment now) {
        return rootKey.forSealing(session).chain(under -> session.createNativeQuery(CLAIM)
                .setParameter("instance", instanceId)
                .setParameter("account", accountId)
                .setParameter("wrappedKey", envelope.newInstanceKey(under, instanceId))
                .setParameter("now", now.calendar())
                .executeUpdate());
    }
}
