package io.gyre.api.calendar;

import io.gyre.start.StartRefusal;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.hibernate.reactive.mutiny.Mutiny;

/** Reads the calendar, and sets its speed when the process starts. */
@ApplicationScoped
public class InstallationCalendar {
    private static final String NOW = "SELECT calendar_now() AS calendar, clock_timestamp() AS wall";

    private static final String LOCKED_SPEED = "SELECT speed FROM calendar FOR UPDATE";

    /** The origins move to this moment first, so the calendar goes on from what it shows: it never jumps. */
    private static final String CHANGE_SPEED = """
            UPDATE calendar
            SET wall_origin = moment.wall,
                calendar_origin = calendar_origin + (moment.wall - wall_origin) * speed,
                speed = :speed
            FROM (SELECT clock_timestamp() AS wall) moment
            """;

    private final Mutiny.SessionFactory sessions;
    private final CalendarSettings settings;
    private final boolean localPlatform;

    InstallationCalendar(Mutiny.SessionFactory sessions, CalendarSettings settings, LocalPlatform platform) {
        this.sessions = sessions;
        this.settings = settings;
        this.localPlatform = platform.localPlatform();
    }

    /** This moment, read within the session's transaction but not fixed by it: time passes inside a transaction. */
    public Uni<Moment> now(Mutiny.StatelessSession session) {
        return session.createNativeQuery(NOW, Object[].class)
                .getSingleResult()
                .map(row -> new Moment(instant(row[0]), instant(row[1])));
    }

    /**
     * Applies the configured speed.
     *
     * @return fails with a {@link StartRefusal} where the configured speed, or the one that is found, is not
     *     1 and this is no local platform
     */
    public Uni<Void> applySpeed() {
        double wanted = settings.speed();
        return sessions.withStatelessTransaction(session -> session.createNativeQuery(LOCKED_SPEED, Double.class)
                .getSingleResult()
                .invoke(found -> refuseOutsideTheLocalPlatform(wanted, found))
                .chain(found -> found == wanted ? Uni.createFrom().voidItem() : change(session, wanted)));
    }

    private void refuseOutsideTheLocalPlatform(double wanted, double found) {
        if (localPlatform) {
            return;
        }
        if (wanted != 1) {
            throw new StartRefusal(
                    "GYRE_CALENDAR_SPEED is " + wanted
                            + ": only the local platform (GYRE_LOCAL_PLATFORM=true) may run the calendar at another speed than 1.");
        }
        if (found != 1) {
            throw new StartRefusal("The calendar in this database runs at speed " + found
                    + ", so it belongs to a local platform: use a database of its own, or start it once with"
                    + " GYRE_LOCAL_PLATFORM=true and GYRE_CALENDAR_SPEED=1.");
        }
    }

    private static Uni<Void> change(Mutiny.StatelessSession session, double speed) {
        return session.createNativeQuery(CHANGE_SPEED)
                .setParameter("speed", speed)
                .executeUpdate()
                .replaceWithVoid();
    }

    /** Without a mapped column beside it, a timestamp arrives as the driver has it. */
    private static Instant instant(Object value) {
        return ((OffsetDateTime) value).toInstant();
    }
}
