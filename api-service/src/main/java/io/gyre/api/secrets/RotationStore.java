package io.gyre.api.secrets;

import io.gyre.api.calendar.Moment;
import io.gyre.rotation.RotationLock;
import io.gyre.rotation.RotationState;
import io.gyre.store.RotationStep;
import io.gyre.store.Secret;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** The rows of {@code rotation} and {@code rotation_step} that begin a rotation. */
@ApplicationScoped
public class RotationStore {
    /** An RDS or ECS rotation takes no longer (FAQ: past 2 minutes, look at the instance and the account). */
    private static final Duration EXPECTED = Duration.ofMinutes(2);

    /** What a RAM rotation may need beside its overlap: the first calls, the grace before the deletion, a few retries. */
    private static final Duration OVERLAP_MARGIN = Duration.ofHours(1);

    private static final String ACTIVE_CANDIDATE =
            "SELECT candidate_version FROM rotation WHERE secret_id = :secret AND ended_at IS NULL";

    /** The partial unique index is the lock: where a rotation has not ended, no row is inserted and none returned. */
    private static final String CLAIM = """
            INSERT INTO rotation (rotation_id, secret_id, secret_arn, rotation_type, secret_sub_type, trigger,
                                  candidate_version, former_version, idle_version, target, target_key,
                                  overlap_seconds, late_clock, late_at, phase, state, steps, wake_clock, wake_at, requested_at, requested_at_wall,
                                  trace_parent)
            VALUES (:rotation, :secret, :arn, :type, :subType, :trigger,
                    :candidate, :former, :idle, CAST(CAST(:target AS text) AS jsonb), :targetKey,
                    :overlap, :lateClock, :late, :phase, :state, 1, 'operational', clock_timestamp(), :now, :nowWall,
                    CAST(:traceParent AS text))
            ON CONFLICT (secret_id) WHERE ended_at IS NULL DO NOTHING
            RETURNING rotation_id
            """;

    /**
     * The candidate of the secret's rotation that has not ended; null where there is none. Asked before {@link #claim},
     * so that a claim never waits for the end of a rotation while it holds the secret's row.
     */
    Uni<@Nullable String> activeCandidate(Mutiny.StatelessSession session, Secret locked) {
        return session.createNativeQuery(ACTIVE_CANDIDATE, String.class)
                .setParameter("secret", locked.secretId())
                .getSingleResultOrNull();
    }

    /**
     * Takes the secret's lock with a new rotation.
     *
     * @param former the version that is ACSCurrent
     * @param idle the version that is ACSPrevious, if any
     * @param traceParent what its steps go on from in their trace, and its events name; null where nobody traces
     * @return whether it was free
     */
    Uni<Boolean> claim(
            Mutiny.StatelessSession session,
            Secret locked,
            UUID rotation,
            RotationOrder order,
            String former,
            @Nullable String idle,
            @Nullable String traceParent,
            Moment now) {
        ExtendedConfig config = ExtendedConfig.stored(locked.type(), String.valueOf(locked.extendedConfig()));
        Duration overlap = order.overlap();
        return session.createNativeQuery(CLAIM, UUID.class)
                .setParameter("rotation", rotation)
                .setParameter("secret", locked.secretId())
                .setParameter("arn", locked.arn())
                .setParameter("type", locked.type().rotationType().orElseThrow())
                .setParameter("subType", config.subType().wireName())
                .setParameter("trigger", order.trigger().label())
                .setParameter("candidate", order.candidateVersion())
                .setParameter("former", former)
                .setParameter("idle", idle)
                .setParameter("target", config.flat())
                .setParameter("targetKey", locked.type().targetKey(config.place()))
                .setParameter("overlap", overlap == null ? null : overlap.toSeconds())
                .setParameter("lateClock", overlap == null ? "operational" : "calendar")
                .setParameter(
                        "late",
                        overlap == null
                                ? now.wall().plus(EXPECTED)
                                : now.calendar().plus(overlap).plus(OVERLAP_MARGIN))
                .setParameter("phase", RotationLock.FIRST_PHASE)
                .setParameter("state", RotationState.RUNNING.label())
                .setParameter("now", now.calendar())
                .setParameter("nowWall", now.wall())
                .setParameter("traceParent", traceParent)
                .getSingleResultOrNull()
                .map(claimed -> claimed != null);
    }

    /** The first entry of the timeline, under the id of the event that tells of it. */
    Uni<Void> addFirstStep(Mutiny.StatelessSession session, UUID rotation, UUID eventId, String note, Moment now) {
        return session.insert(new RotationStep(
                rotation,
                1,
                RotationLock.FIRST_PHASE,
                RotationState.RUNNING.label(),
                note,
                now.calendar(),
                now.wall(),
                eventId));
    }
}
