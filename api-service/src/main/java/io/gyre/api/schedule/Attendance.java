package io.gyre.api.schedule;

import io.gyre.schedule.CatchUp;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jboss.logging.Logger;

/**
 * Whether somebody has looked for what is due all along. The row {@code rotation_schedule} says until when; after a gap, and after a
 * pause, what came due meanwhile is spread before anything begins.
 */
@ApplicationScoped
class Attendance {
    private static final Logger LOG = Logger.getLogger(Attendance.class);

    /** The row is written every ten seconds by whichever process comes first, so that ticks of many processes cost it nothing. */
    private static final String SEEN = """
            SELECT paused_at IS NOT NULL AS paused, looked_at_wall > clock_timestamp() - interval '10 seconds' AS fresh
            FROM rotation_schedule
            """;

    /** Whoever comes second waits here until the first has spread what was missed, and then finds it done. */
    private static final String LOCK = """
            SELECT paused_at IS NOT NULL AS paused, looked_at, calendar_now() AS now,
                looked_at_wall < clock_timestamp() - interval '1 minute' AS missed
            FROM rotation_schedule FOR UPDATE
            """;

    private static final String LOOKED =
            "UPDATE rotation_schedule SET looked_at = calendar_now(), looked_at_wall = clock_timestamp()";

    private final Mutiny.SessionFactory sessions;
    private final DueSecrets due;
    private final Duration longest;

    Attendance(Mutiny.SessionFactory sessions, DueSecrets due, ScheduleSettings settings) {
        this.sessions = sessions;
        this.due = due;
        this.longest = settings.catchUp();
    }

    /** Whether rotations may begin by policies: not while all are paused. */
    Uni<Boolean> mayBegin() {
        return sessions.withStatelessSession(
                        session -> session.createNativeQuery(SEEN, Tuple.class).getSingleResult())
                .chain(seen -> {
                    if (seen.get("paused", Boolean.class)) {
                        return Uni.createFrom().item(false);
                    }
                    return seen.get("fresh", Boolean.class)
                            ? Uni.createFrom().item(true)
                            : sessions.withStatelessTransaction(this::attend);
                });
    }

    private Uni<Boolean> attend(Mutiny.StatelessSession session) {
        return session.createNativeQuery(LOCK, Tuple.class).getSingleResult().chain(row -> {
            if (row.get("paused", Boolean.class)) {
                return Uni.createFrom().item(false);
            }
            boolean missed =
                    row.get("missed", Boolean.class) && time(row, "looked_at").isBefore(time(row, "now"));
            Uni<Void> spread = missed
                    ? catchUp(session, time(row, "looked_at"), time(row, "now"))
                    : Uni.createFrom().voidItem();
            return spread.chain(() -> session.createNativeQuery(LOOKED).executeUpdate())
                    .replaceWith(true);
        });
    }

    private Uni<Void> catchUp(Mutiny.StatelessSession session, Instant from, Instant now) {
        CatchUp catchUp = new CatchUp(from, now, longest);
        return due.catchUp(session, catchUp)
                .invoke(count -> LOG.infof(
                        "No rotation was begun by a policy from %s to %s, by the calendar: %d that came due meanwhile begin"
                                + " within %s.",
                        from, now, count, catchUp.length()))
                .replaceWithVoid();
    }

    private static Instant time(Tuple row, String column) {
        return row.get(column, OffsetDateTime.class).toInstant();
    }
}
