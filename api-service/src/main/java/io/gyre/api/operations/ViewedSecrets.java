package io.gyre.api.operations;

import io.gyre.api.instances.InstanceStore;
import io.gyre.api.operations.SecretPage.Elsewhere;
import io.gyre.api.operations.SecretPage.Rotating;
import io.gyre.api.operations.SecretPage.Row;
import io.gyre.api.wire.PlainText;
import io.gyre.rpc.RpcFault;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** The operation ListSecretsOfView, for the operations API and for the console: the same rows, and the same refusals. */
@ApplicationScoped
public class ViewedSecrets {
    private static final String WANTED = """
            SELECT s.name, s.secret_type, s.instance_id, s.rotation_status, s.next_rotation_at, s.deletion_planned_at,
                i.name AS instance_name,
                CASE WHEN i.released_at IS NOT NULL THEN 'Released'
                     WHEN instance_usable(i.expires_at) THEN 'Running'
                     ELSE 'Expired' END AS instance_status,
                r.rotation_id, r.state, r.late_since IS NOT NULL AS late, r.requested_at,
                (SELECT d.state FROM drift_check d WHERE d.secret_id = s.secret_id AND d.seen IS NOT NULL) AS drift
            FROM secret s
            JOIN kms_key k ON k.key_id = s.key_id
            JOIN kms_instance i ON i.instance_id = k.instance_id
            LEFT JOIN rotation r ON r.secret_id = s.secret_id AND r.ended_at IS NULL
            WHERE s.account_id = :account AND (s.instance_id IS NOT NULL) = :managed
              AND (:instance = '' OR s.instance_id = :instance)
              AND s.name > :after AND starts_with(s.name, :prefix)
            """;

    private static final String IN_ORDER = " ORDER BY s.name LIMIT :limit";

    private static final String ROWS = WANTED + IN_ORDER;

    /** Apart, so that the index of what begins bounds it. */
    private static final String DUE_ROWS = WANTED + "  AND " + WithinDay.DUE + IN_ORDER;

    private static final String ELSEWHERE = """
            SELECT count(*) FROM secret s
            WHERE s.account_id = :account AND (s.instance_id IS NOT NULL) <> :managed AND starts_with(s.name, :prefix)
            """;

    private static final String DUE_ELSEWHERE = ELSEWHERE + "  AND " + WithinDay.DUE;

    /** In characters; more than any id has. */
    private static final int INSTANCE_ID_LIMIT = 128;

    private final InstanceStore instances;

    ViewedSecrets(InstanceStore instances) {
        this.instances = instances;
    }

    /**
     * What is asked for, as it was given. Null and the empty text ask for nothing.
     *
     * @param view those of KMS instances unless it is {@code kms-1.0}
     * @param instance the id of the one whose secrets are wanted
     * @param due 24h: whose policy begins a rotation within the next 24 hours of the calendar, or should have
     * @param secret how the name begins
     * @param limit 1 to 200; 20 unless given
     * @param nextToken from the page before
     */
    public record Wanted(
            @Nullable String view,
            @Nullable String instance,
            @Nullable String due,
            @Nullable String secret,
            @Nullable String limit,
            @Nullable String nextToken) {}

    /** What is asked for, found valid. */
    private record Asked(boolean managed, String instance, boolean due, String prefix, int limit, String after) {
        /** @throws RpcFault InvalidParameter, or InstanceNotFound for what no instance can be called */
        static Asked of(Wanted wanted) {
            boolean managed = managed(wanted.view());
            String instance = text(wanted.instance());
            if (!instance.isEmpty() && !managed) {
                throw OperationFaults.invalid(
                        "instance",
                        instance,
                        "secrets of KMS 1.0 are in none; leave it out, or ask for view=instances.");
            }
            if (!instance.isEmpty() && !PlainText.isName(instance, INSTANCE_ID_LIMIT)) {
                throw OperationFaults.instanceNotFound(instance);
            }
            return new Asked(
                    managed,
                    instance,
                    WithinDay.asked("due", wanted.due()),
                    Listing.name(text(wanted.secret())),
                    Listing.limit(wanted.limit()),
                    Listing.after(wanted.nextToken()));
        }

        private static String text(@Nullable String given) {
            return given == null ? "" : given;
        }

        private static boolean managed(@Nullable String view) {
            if (view == null || view.isEmpty() || view.equals(word(true))) {
                return true;
            }
            if (view.equals(word(false))) {
                return false;
            }
            throw OperationFaults.invalid("view", view, "it must be instances or kms-1.0.");
        }
    }

    /** @return fails with an {@link RpcFault} where it cannot be asked for so, or the account has no such instance */
    public Uni<SecretPage> page(Mutiny.StatelessSession session, String account, Wanted wanted) {
        Asked asked = Asked.of(wanted);
        return known(session, account, asked.instance())
                .chain(() -> rows(session, account, asked))
                .chain(rows -> elsewhere(session, account, asked)
                        .map(elsewhere -> new SecretPage(
                                word(asked.managed()),
                                rows,
                                elsewhere,
                                rows.size() < asked.limit()
                                        ? null
                                        : Listing.token(
                                                rows.get(rows.size() - 1).name()))));
    }

    private Uni<Void> known(Mutiny.StatelessSession session, String account, String instance) {
        if (instance.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return instances
                .found(session, account, instance)
                .onItem()
                .ifNull()
                .failWith(() -> OperationFaults.instanceNotFound(instance))
                .replaceWithVoid();
    }

    private static Uni<List<Row>> rows(Mutiny.StatelessSession session, String account, Asked asked) {
        return session.createNativeQuery(asked.due() ? DUE_ROWS : ROWS, Tuple.class)
                .setParameter("account", account)
                .setParameter("managed", asked.managed())
                .setParameter("instance", asked.instance())
                .setParameter("after", asked.after())
                .setParameter("prefix", asked.prefix())
                .setParameter("limit", asked.limit())
                .getResultList()
                .map(rows -> rows.stream().map(ViewedSecrets::row).toList());
    }

    private static Uni<Elsewhere> elsewhere(Mutiny.StatelessSession session, String account, Asked asked) {
        return session.createNativeQuery(asked.due() ? DUE_ELSEWHERE : ELSEWHERE, Long.class)
                .setParameter("account", account)
                .setParameter("managed", asked.managed())
                .setParameter("prefix", asked.prefix())
                .getSingleResult()
                .map(others -> new Elsewhere(word(!asked.managed()), others, sentence(others, asked)));
    }

    private static String sentence(long others, Asked asked) {
        return others
                + (asked.due() ? " secrets that are due " : " secrets ")
                + (asked.managed()
                        ? "were created without a KMS instance (KMS 1.0): view=kms-1.0 lists them."
                        : "are managed in KMS instances: view=instances lists them.");
    }

    private static Row row(Tuple row) {
        String instanceId = row.get("instance_id", String.class);
        String instanceStatus = row.get("instance_status", String.class);
        UUID rotation = row.get("rotation_id", UUID.class);
        return new Row(
                row.get("name", String.class),
                row.get("secret_type", String.class),
                instanceStatus.equals("Running") ? "Available" : "Unavailable",
                instanceId,
                instanceId == null ? null : row.get("instance_name", String.class),
                instanceId == null ? null : instanceStatus,
                row.get("rotation_status", String.class),
                instant(row, "next_rotation_at"),
                rotation == null
                        ? null
                        : new Rotating(
                                rotation,
                                row.get("state", String.class),
                                row.get("late", Boolean.class),
                                row.get("requested_at", OffsetDateTime.class).toInstant()),
                instant(row, "deletion_planned_at"),
                row.get("drift", String.class));
    }

    private static @Nullable Instant instant(Tuple row, String column) {
        OffsetDateTime time = row.get(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    private static String word(boolean managed) {
        return managed ? "instances" : "kms-1.0";
    }
}
