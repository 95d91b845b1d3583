package io.gyre.api.workers;

import io.gyre.api.calendar.InstallationCalendar;
import io.gyre.api.outbox.Outbox;
import io.gyre.event.RotationRequested;
import io.gyre.event.Topics;
import io.gyre.rotation.RotationState;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/**
 * Writes orders into rotations' rows, each with the record that wakes a worker, whoever gives them. What becomes of an order
 * is the worker's to say, on the timeline.
 */
@ApplicationScoped
public class RotationOrders {
    /** Only the rotation's row: whoever starts one or deletes its secret takes the secret's row first, then this. */
    private static final String LOCK = """
            SELECT r.rotation_id, r.rotation_type, r.secret_arn, s.name, r.state, r.ordered, r.ordered_by,
                   r.trace_parent
            FROM rotation r JOIN secret s USING (secret_id)
            WHERE r.rotation_id = :rotation AND s.account_id = :account
            FOR UPDATE OF r
            """;

    /** While a worker has it in hand, it sees the order as it lets go; its timer stays the lease's end. */
    private static final String ORDER = """
            UPDATE rotation
               SET ordered = :verb, ordered_seconds = :seconds, ordered_by = :by,
                   wake_clock = 'operational',
                   wake_at = CASE WHEN lease_until > clock_timestamp() THEN lease_until ELSE clock_timestamp() END
             WHERE rotation_id = :rotation
            """;

    private final InstallationCalendar calendar;
    private final Outbox outbox;

    RotationOrders(InstallationCalendar calendar, Outbox outbox) {
        this.calendar = calendar;
        this.outbox = outbox;
    }

    /**
     * A rotation whose row is locked.
     *
     * @param ordered what stands there and was taken by no worker yet
     * @param traceParent the W3C trace context that it goes on from
     */
    public record Locked(
            UUID id,
            String rotationType,
            String secretArn,
            String secretName,
            String state,
            @Nullable String ordered,
            @Nullable String orderedBy,
            @Nullable String traceParent) {
        public boolean hasEnded() {
            return RotationState.ofLabel(state).hasEnded();
        }
    }

    /** Null where the account has no such rotation. */
    public Uni<@Nullable Locked> locked(Mutiny.StatelessSession session, String account, UUID rotation) {
        return session.createNativeQuery(LOCK, Tuple.class)
                .setParameter("rotation", rotation)
                .setParameter("account", account)
                .getSingleResultOrNull()
                .map(row -> row == null ? null : locked(row));
    }

    /**
     * Gives the order, and wakes a worker.
     *
     * @param locked one that has not ended, and of which nothing else is ordered
     * @param seconds for how long, where that is an extension
     * @param by the AccessKey of whoever orders it
     */
    public Uni<Void> give(
            Mutiny.StatelessSession session, Locked locked, Verb verb, @Nullable Long seconds, String by) {
        return session.createNativeQuery(ORDER)
                .setParameter("rotation", locked.id())
                .setParameter("verb", verb.label())
                .setParameter("seconds", seconds)
                .setParameter("by", by)
                .executeUpdate()
                .chain(() -> wake(session, locked));
    }

    public Uni<Void> wake(Mutiny.StatelessSession session, Locked locked) {
        return calendar.now(session)
                .chain(now -> outbox.put(
                        session,
                        Topics.requests(locked.rotationType()),
                        locked.secretArn(),
                        UUID.randomUUID(),
                        RotationRequested.TYPE,
                        now.wall(),
                        new RotationRequested(locked.id(), locked.secretArn(), locked.rotationType()),
                        locked.traceParent()));
    }

    private static Locked locked(Tuple row) {
        return new Locked(
                row.get("rotation_id", UUID.class),
                row.get("rotation_type", String.class),
                row.get("secret_arn", String.class),
                row.get("name", String.class),
                row.get("state", String.class),
                row.get("ordered", String.class),
                row.get("ordered_by", String.class),
                row.get("trace_parent", String.class));
    }
}
