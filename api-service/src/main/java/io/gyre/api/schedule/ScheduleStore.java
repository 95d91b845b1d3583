package io.gyre.api.schedule;

import io.gyre.api.calendar.InstallationCalendar;
import io.gyre.api.outbox.Outbox;
import io.gyre.api.schedule.SecretSchedule.Pause;
import io.gyre.api.schedule.SecretSchedule.Window;
import io.gyre.event.ScheduleChanged;
import io.gyre.event.SecretChanged;
import io.gyre.event.Topics;
import io.gyre.secret.SecretType;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** What operators see and change of schedules: {@code rotation_plan}, columns of {@code secret}, and the row {@code rotation_schedule}. */
@ApplicationScoped
public class ScheduleStore {
    private static final String SCHEDULE = """
            SELECT s.name, s.arn, s.secret_type, s.rotation_status, s.rotation_interval_seconds, s.last_rotation_at,
                s.created_at, s.next_rotation_at, s.deletion_planned_at, p.planned_at,
                p.begins_at, s.window_cron, s.window_zone, s.window_seconds, p.held_by, p.held_since,
                s.rotation_paused_at, s.rotation_paused_by, s.rotation_paused_reason,
                w.paused_at, w.paused_by, w.paused_reason, s.tags, calendar_now() AS now
            FROM secret s LEFT JOIN rotation_plan p USING (secret_id), rotation_schedule w
            WHERE s.account_id = :account AND s.name = :name
            """;

    private static final String WHOLE = """
            SELECT w.paused_at, w.paused_by, w.paused_reason, w.looked_at, calendar_now() AS now,
                (SELECT count(*) FROM rotation_plan WHERE begins_at <= (SELECT calendar_now())) AS due,
                (SELECT count(*) FROM rotation_plan WHERE held_by IS NOT NULL) AS held
            FROM rotation_schedule w
            """;

    private static final String PAUSED = """
            SELECT name, rotation_paused_at, rotation_paused_by, rotation_paused_reason
            FROM secret
            WHERE account_id = :account AND rotation_paused_at IS NOT NULL
            ORDER BY name LIMIT :limit
            """;

    private static final String SET_WINDOW = """
            UPDATE secret SET window_cron = :cron, window_zone = :zone, window_seconds = :seconds
            WHERE account_id = :account AND name = :name
            """;

    private static final String CLEAR_WINDOW = """
            UPDATE secret SET window_cron = NULL, window_zone = NULL, window_seconds = NULL
            WHERE account_id = :account AND name = :name
            """;

    /** One that is paused stays so since then; who and why are the latest. */
    private static final String PAUSE = """
            UPDATE secret
            SET rotation_paused_at = coalesce(rotation_paused_at, calendar_now()), rotation_paused_by = :by,
                rotation_paused_reason = :reason
            WHERE account_id = :account AND name = :name
            """;

    private static final String RESUME = """
            UPDATE secret SET rotation_paused_at = NULL, rotation_paused_by = NULL, rotation_paused_reason = NULL
            WHERE account_id = :account AND name = :name
            """;

    private static final String TELL = """
            SELECT count(*) FROM secret s, LATERAL tell_secret(s.secret_id, CAST(:type AS text), NULL) AS told
            WHERE s.account_id = :account AND s.name = :name
            """;

    private static final String PAUSE_ALL = """
            UPDATE rotation_schedule
            SET paused_at = coalesce(paused_at, calendar_now()), paused_by = :by, paused_reason = :reason
            """;

    /** The row says until when somebody has looked, so what came due in the pause is spread as after any gap. */
    private static final String RESUME_ALL =
            "UPDATE rotation_schedule SET paused_at = NULL, paused_by = NULL, paused_reason = NULL";

    private final InstallationCalendar calendar;
    private final Outbox outbox;

    ScheduleStore(InstallationCalendar calendar, Outbox outbox) {
        this.calendar = calendar;
        this.outbox = outbox;
    }

    /**
     * The schedule of all secrets.
     *
     * @param lookedAt until when what came due was begun
     * @param due how many are due now
     * @param held how many are due and kept from beginning
     */
    public record Whole(@Nullable Pause pause, Instant lookedAt, Instant now, long due, long held) {}

    /** A secret that is paused. */
    public record Paused(String name, Pause pause) {}

    /** Null where the account has no such secret. */
    public Uni<@Nullable SecretSchedule> find(Mutiny.StatelessSession session, String account, String name) {
        return session.createNativeQuery(SCHEDULE, Tuple.class)
                .setParameter("account", account)
                .setParameter("name", name)
                .getSingleResultOrNull()
                .map(row -> row == null ? null : schedule(row));
    }

    public Uni<Whole> whole(Mutiny.StatelessSession session) {
        return session.createNativeQuery(WHOLE, Tuple.class)
                .getSingleResult()
                .map(row -> new Whole(
                        pause(row, "paused"),
                        present(row, "looked_at"),
                        present(row, "now"),
                        row.get("due", Long.class),
                        row.get("held", Long.class)));
    }

    /** By name. */
    public Uni<List<Paused>> paused(Mutiny.StatelessSession session, String account, int limit) {
        return session.createNativeQuery(PAUSED, Tuple.class)
                .setParameter("account", account)
                .setParameter("limit", limit)
                .getResultList()
                .map(rows -> rows.stream()
                        .map(row -> new Paused(
                                row.get("name", String.class),
                                new Pause(
                                        present(row, "rotation_paused_at"),
                                        row.get("rotation_paused_by", String.class),
                                        row.get("rotation_paused_reason", String.class))))
                        .toList());
    }

    public Uni<Void> setWindow(Mutiny.StatelessSession session, String account, String name, @Nullable Window window) {
        if (window == null) {
            return change(
                    session,
                    session.createNativeQuery(CLEAR_WINDOW),
                    account,
                    name,
                    SecretChanged.ROTATION_WINDOW_CHANGED);
        }
        return change(
                session,
                session.createNativeQuery(SET_WINDOW)
                        .setParameter("cron", window.cron())
                        .setParameter("zone", window.zone())
                        .setParameter("seconds", window.seconds()),
                account,
                name,
                SecretChanged.ROTATION_WINDOW_CHANGED);
    }

    /** Rotations by its policy do not begin any more; those that run, and those that are asked for, go on. */
    public Uni<Void> pause(
            Mutiny.StatelessSession session, String account, String name, String by, @Nullable String reason) {
        return change(
                session,
                session.createNativeQuery(PAUSE).setParameter("by", by).setParameter("reason", reason),
                account,
                name,
                SecretChanged.ROTATION_PAUSED);
    }

    public Uni<Void> resume(Mutiny.StatelessSession session, String account, String name) {
        return change(session, session.createNativeQuery(RESUME), account, name, SecretChanged.ROTATION_RESUMED);
    }

    public Uni<Void> pauseAll(Mutiny.StatelessSession session, String by, @Nullable String reason) {
        return session.createNativeQuery(PAUSE_ALL)
                .setParameter("by", by)
                .setParameter("reason", reason)
                .executeUpdate()
                .chain(changed -> tell(session, changed, ScheduleChanged.PAUSED, by, reason));
    }

    public Uni<Void> resumeAll(Mutiny.StatelessSession session, String by) {
        return session.createNativeQuery(RESUME_ALL)
                .executeUpdate()
                .chain(changed -> tell(session, changed, ScheduleChanged.RESUMED, by, null));
    }

    /** Nothing is told where nothing was changed. */
    private Uni<Void> tell(
            Mutiny.StatelessSession session, int changed, String type, String by, @Nullable String reason) {
        if (changed == 0) {
            return Uni.createFrom().voidItem();
        }
        return calendar.now(session)
                .chain(now -> outbox.put(
                        session,
                        Topics.EVENTS,
                        ScheduleChanged.KEY,
                        type,
                        now.wall(),
                        new ScheduleChanged(by, reason, now.calendar(), now.wall())));
    }

    private static Uni<Void> change(
            Mutiny.StatelessSession session, Mutiny.MutationQuery change, String account, String name, String type) {
        return change.setParameter("account", account)
                .setParameter("name", name)
                .executeUpdate()
                .chain(changed -> changed == 0
                        ? Uni.createFrom().voidItem()
                        : session.createNativeQuery(TELL, Long.class)
                                .setParameter("account", account)
                                .setParameter("name", name)
                                .setParameter("type", type)
                                .getSingleResult()
                                .replaceWithVoid());
    }

    private static SecretSchedule schedule(Tuple row) {
        Long interval = row.get("rotation_interval_seconds", Long.class);
        String cron = row.get("window_cron", String.class);
        String held = row.get("held_by", String.class);
        return new SecretSchedule(
                row.get("name", String.class),
                row.get("arn", String.class),
                SecretType.ofWireName(row.get("secret_type", String.class)).orElseThrow(),
                row.get("rotation_status", String.class),
                interval == null ? null : Duration.ofSeconds(interval),
                time(row, "last_rotation_at"),
                present(row, "created_at"),
                time(row, "next_rotation_at"),
                time(row, "deletion_planned_at"),
                time(row, "planned_at"),
                time(row, "begins_at"),
                cron == null
                        ? null
                        : new Window(cron, row.get("window_zone", String.class), row.get("window_seconds", Long.class)),
                held == null ? null : Hold.ofLabel(held),
                time(row, "held_since"),
                pause(row, "rotation_paused"),
                pause(row, "paused"),
                row.get("tags", String.class),
                present(row, "now"));
    }

    private static @Nullable Pause pause(Tuple row, String what) {
        Instant since = time(row, what + "_at");
        return since == null
                ? null
                : new Pause(since, row.get(what + "_by", String.class), row.get(what + "_reason", String.class));
    }

    private static @Nullable Instant time(Tuple row, String column) {
        return row.get(column) == null ? null : present(row, column);
    }

    private static Instant present(Tuple row, String column) {
        return row.get(column, OffsetDateTime.class).toInstant();
    }
}
