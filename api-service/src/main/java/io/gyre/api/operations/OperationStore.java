package io.gyre.api.operations;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gyre.api.operations.RotationDetail.AsOf;
import io.gyre.api.operations.RotationDetail.Credentials;
import io.gyre.api.operations.RotationDetail.Entry;
import io.gyre.api.operations.RotationDetail.Lease;
import io.gyre.api.operations.RotationDetail.Version;
import io.gyre.api.operations.RotationSummary.Lateness;
import io.gyre.api.operations.RotationSummary.Moment;
import io.gyre.api.operations.RotationSummary.PendingOrder;
import io.gyre.trace.TraceParent;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** The rows that operators see and change: {@code rotation} with its timeline, and {@code orphan}. */
@ApplicationScoped
class OperationStore {
    private static final String SUMMARY = """
            SELECT r.rotation_id, s.name, s.secret_type, r.rotation_type, r.secret_sub_type, r.trigger, r.state, r.phase,
                   coalesce(latest.note, '') AS note, r.late_since, r.late_finding,
                   r.ordered, r.ordered_seconds, r.ordered_by,
                   coalesce(r.lease_until > clock_timestamp(), false) AS leased, r.wake_clock, r.wake_at,
                   r.requested_at, r.requested_at_wall, r.ended_at, r.ended_at_wall
            """;

    private static final String SUMMARY_ROWS = """
            FROM rotation r
            JOIN secret s USING (secret_id)
            LEFT JOIN rotation_step latest ON latest.rotation_id = r.rotation_id AND latest.step = r.steps
            """;

    /** Starts where the page before ended, so that a page costs the same wherever it is in the list. */
    private static final String WANTED = """
            WHERE s.account_id = :account
              AND (:type = '' OR r.rotation_type = :type)
              AND (:prefix = '' OR starts_with(s.name, :prefix))
              AND (:state = '' OR r.state = :state OR :state = 'late' AND r.late_since IS NOT NULL)
              AND r.requested_at <= :afterTime AND (r.requested_at < :afterTime OR r.rotation_id > :afterId)
            """;

    private static final String PAGE_ORDER = " ORDER BY r.requested_at DESC, r.rotation_id LIMIT :limit";

    private static final String PAGE = SUMMARY + SUMMARY_ROWS + WANTED + PAGE_ORDER;

    /** Apart from the other, so that the index of rotations that have not ended bounds it. */
    private static final String OPEN_PAGE = SUMMARY + SUMMARY_ROWS + WANTED + "  AND r.ended_at IS NULL" + PAGE_ORDER;

    /** Apart, so that the index of rotations by their end bounds it. */
    private static final String ENDED_PAGE = SUMMARY + SUMMARY_ROWS + WANTED + "  AND " + WithinDay.ENDED + PAGE_ORDER;

    /** What needs a look first. */
    private static final String MOVING = SUMMARY + SUMMARY_ROWS + """
            WHERE s.account_id = :account AND r.ended_at IS NULL
            ORDER BY (r.late_since IS NULL AND r.state = 'Running'), r.requested_at DESC, r.rotation_id LIMIT :limit
            """;

    private static final String OF_SECRET = SUMMARY + SUMMARY_ROWS + """
            WHERE s.account_id = :account AND s.name = :name
            ORDER BY r.requested_at DESC, r.rotation_id LIMIT :limit
            """;

    private static final String DETAIL = SUMMARY + """
                 , r.finding, r.attempt, CAST(r.target AS text) AS target, r.overlap_seconds, r.late_clock, r.late_at,
                   r.lease_holder, r.lease_until, r.trace_parent,
                   r.candidate_version, candidate.credential_name AS candidate_name,
                   r.former_version, former.credential_name AS former_name,
                   r.idle_version, idle.credential_name AS idle_name,
                   calendar_now() AS calendar, clock_timestamp() AS wall
            """ + SUMMARY_ROWS + """
            LEFT JOIN secret_version candidate
                   ON candidate.secret_id = r.secret_id AND candidate.version_id = r.candidate_version
            LEFT JOIN secret_version former
                   ON former.secret_id = r.secret_id AND former.version_id = r.former_version
            LEFT JOIN secret_version idle
                   ON idle.secret_id = r.secret_id AND idle.version_id = r.idle_version
            WHERE r.rotation_id = :rotation AND s.account_id = :account
            """;

    private static final String TIMELINE = """
            SELECT step, phase, state, note, worker, at, at_wall FROM rotation_step
            WHERE rotation_id = :rotation ORDER BY step
            """;

    private static final String TIMELINES = """
            SELECT rotation_id, step, phase, state, note, worker, at, at_wall FROM rotation_step
            WHERE rotation_id = ANY(CAST(string_to_array(:rotations, ',') AS uuid[])) ORDER BY rotation_id, step
            """;

    private static final String ORPHANS = """
            SELECT o.orphan_id, o.rotation_id, s.name, s.secret_type, o.credential_name, o.found_at, o.removed_at, r.state
            FROM orphan o JOIN rotation r USING (rotation_id) JOIN secret s ON s.secret_id = o.secret_id
            """;

    private static final String ORPHANS_OF = ORPHANS + "WHERE o.rotation_id = :rotation ORDER BY o.orphan_id";

    private static final String ORPHAN = ORPHANS + "WHERE o.orphan_id = :orphan AND s.account_id = :account";

    private static final String ORPHANS_LEFT = ORPHANS + """
            WHERE s.account_id = :account AND o.removed_at IS NULL AND o.orphan_id > :after
            ORDER BY o.orphan_id LIMIT :limit
            """;

    /** The index {@code rotation_one_active} refuses it while another rotation of the secret has not ended. */
    private static final String REOPEN = "SELECT reopen_rotation(:rotation, :by)";

    private static final String ORDERED =
            "SELECT count(*) FROM rotation WHERE rotation_id = :rotation AND ordered IS NOT NULL";

    private static final TypeReference<Map<String, String>> FLAT = new TypeReference<>() {};

    private final ObjectMapper json;

    OperationStore(ObjectMapper json) {
        this.json = json;
    }

    Uni<List<RotationSummary>> page(Mutiny.StatelessSession session, String account, Listing listing) {
        return session.createNativeQuery(statement(listing), Tuple.class)
                .setParameter("account", account)
                .setParameter("type", listing.type())
                .setParameter("prefix", listing.namePrefix())
                .setParameter("state", listing.state())
                .setParameter("afterTime", listing.after().requestedAt())
                .setParameter("afterId", listing.after().rotationId())
                .setParameter("limit", listing.limit())
                .getResultList()
                .map(rows -> rows.stream().map(OperationStore::summary).toList());
    }

    private static String statement(Listing listing) {
        if (listing.endedWithinDay()) {
            return ENDED_PAGE;
        }
        return listing.openOnly() ? OPEN_PAGE : PAGE;
    }

    /** The latest ones of a secret. */
    Uni<List<RotationSummary>> ofSecret(Mutiny.StatelessSession session, String account, String name, int limit) {
        return session.createNativeQuery(OF_SECRET, Tuple.class)
                .setParameter("account", account)
                .setParameter("name", name)
                .setParameter("limit", limit)
                .getResultList()
                .map(rows -> rows.stream().map(OperationStore::summary).toList());
    }

    /** Those that have not ended: late ones and those that wait first, then the latest request. */
    Uni<List<RotationSummary>> moving(Mutiny.StatelessSession session, String account, int limit) {
        return session.createNativeQuery(MOVING, Tuple.class)
                .setParameter("account", account)
                .setParameter("limit", limit)
                .getResultList()
                .map(rows -> rows.stream().map(OperationStore::summary).toList());
    }

    /** Null where the account has no such rotation. */
    Uni<@Nullable RotationDetail> rotation(Mutiny.StatelessSession session, String account, UUID rotation) {
        return session.createNativeQuery(DETAIL, Tuple.class)
                .setParameter("rotation", rotation)
                .setParameter("account", account)
                .getSingleResultOrNull()
                .chain(row -> row == null
                        ? Uni.createFrom().nullItem()
                        : timeline(session, rotation).chain(timeline -> orphansOf(session, rotation)
                                .map(orphans -> detail(row, timeline, orphans))));
    }

    /** Of each of these rotations, oldest first. */
    Uni<Map<UUID, List<Entry>>> timelines(Mutiny.StatelessSession session, List<UUID> rotations) {
        return session.createNativeQuery(TIMELINES, Tuple.class)
                .setParameter(
                        "rotations", rotations.stream().map(UUID::toString).collect(Collectors.joining(",")))
                .getResultList()
                .map(rows -> rows.stream()
                        .collect(Collectors.groupingBy(
                                row -> row.get("rotation_id", UUID.class),
                                Collectors.mapping(OperationStore::entry, Collectors.toList()))));
    }

    Uni<Void> reopen(Mutiny.StatelessSession session, UUID rotation, String accessKeyId) {
        return session.createNativeQuery(REOPEN, Integer.class)
                .setParameter("rotation", rotation)
                .setParameter("by", accessKeyId)
                .getSingleResult()
                .replaceWithVoid();
    }

    /** Whether its order has been taken by a worker, and answered on the timeline. */
    Uni<Boolean> isTaken(Mutiny.StatelessSession session, UUID rotation) {
        return session.createNativeQuery(ORDERED, Long.class)
                .setParameter("rotation", rotation)
                .getSingleResult()
                .map(ordered -> ordered == 0);
    }

    /** Those that are still there, by their number. */
    Uni<List<Orphan>> orphansLeft(Mutiny.StatelessSession session, String account, long after, int limit) {
        return session.createNativeQuery(ORPHANS_LEFT, Tuple.class)
                .setParameter("account", account)
                .setParameter("after", after)
                .setParameter("limit", limit)
                .getResultList()
                .map(rows -> rows.stream().map(OperationStore::orphan).toList());
    }

    /** Null where the account has no such orphan. */
    Uni<@Nullable Orphan> orphan(Mutiny.StatelessSession session, String account, long id) {
        return session.createNativeQuery(ORPHAN, Tuple.class)
                .setParameter("orphan", id)
                .setParameter("account", account)
                .getSingleResultOrNull()
                .map(row -> row == null ? null : orphan(row));
    }

    private static Uni<List<Entry>> timeline(Mutiny.StatelessSession session, UUID rotation) {
        return session.createNativeQuery(TIMELINE, Tuple.class)
                .setParameter("rotation", rotation)
                .getResultList()
                .map(rows -> rows.stream().map(OperationStore::entry).toList());
    }

    private static Uni<List<Orphan>> orphansOf(Mutiny.StatelessSession session, UUID rotation) {
        return session.createNativeQuery(ORPHANS_OF, Tuple.class)
                .setParameter("rotation", rotation)
                .getResultList()
                .map(rows -> rows.stream().map(OperationStore::orphan).toList());
    }

    private static RotationSummary summary(Tuple row) {
        Instant lateSince = time(row, "late_since");
        String ordered = textOrNull(row, "ordered");
        boolean wakes = row.get("wake_at") != null && !row.get("leased", Boolean.class);
        return new RotationSummary(
                row.get("rotation_id", UUID.class),
                text(row, "name"),
                text(row, "secret_type"),
                text(row, "rotation_type"),
                text(row, "secret_sub_type"),
                text(row, "trigger"),
                text(row, "state"),
                text(row, "phase"),
                text(row, "note"),
                lateSince == null ? null : new Lateness(lateSince, textOrNull(row, "late_finding")),
                ordered == null
                        ? null
                        : new PendingOrder(ordered, row.get("ordered_seconds", Long.class), text(row, "ordered_by")),
                wakes ? moment(row, "wake_at", "wake_clock") : null,
                present(row, "requested_at"),
                present(row, "requested_at_wall"),
                time(row, "ended_at"),
                time(row, "ended_at_wall"));
    }

    private RotationDetail detail(Tuple row, List<Entry> timeline, List<Orphan> orphans) {
        String idle = textOrNull(row, "idle_version");
        return new RotationDetail(
                summary(row),
                textOrNull(row, "finding"),
                row.get("attempt", Integer.class),
                target(text(row, "target")),
                row.get("overlap_seconds", Long.class),
                row.get("late_at") == null ? null : moment(row, "late_at", "late_clock"),
                row.get("leased", Boolean.class)
                        ? new Lease(text(row, "lease_holder"), present(row, "lease_until"))
                        : null,
                new Credentials(
                        version(row, "candidate"), version(row, "former"), idle == null ? null : version(row, "idle")),
                timeline,
                orphans,
                TraceParent.traceId(textOrNull(row, "trace_parent")),
                new AsOf(present(row, "calendar"), present(row, "wall")));
    }

    private Map<String, String> target(String object) {
        try {
            return json.readValue(object, FLAT);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The target of a rotation is no flat JSON object.", e);
        }
    }

    private static Version version(Tuple row, String which) {
        return new Version(text(row, which + "_version"), textOrNull(row, which + "_name"));
    }

    private static Moment moment(Tuple row, String at, String clock) {
        return new Moment(present(row, at), text(row, clock));
    }

    private static Entry entry(Tuple row) {
        return new Entry(
                row.get("step", Integer.class),
                text(row, "phase"),
                text(row, "state"),
                text(row, "note"),
                textOrNull(row, "worker"),
                present(row, "at"),
                present(row, "at_wall"));
    }

    private static Orphan orphan(Tuple row) {
        return new Orphan(
                row.get("orphan_id", Long.class),
                row.get("rotation_id", UUID.class),
                text(row, "name"),
                text(row, "secret_type"),
                text(row, "credential_name"),
                present(row, "found_at"),
                time(row, "removed_at"),
                text(row, "state"));
    }

    private static String text(Tuple row, String column) {
        return Objects.requireNonNull(textOrNull(row, column), column);
    }

    private static @Nullable String textOrNull(Tuple row, String column) {
        return row.get(column, String.class);
    }

    private static Instant present(Tuple row, String column) {
        return Objects.requireNonNull(time(row, column), column);
    }

    /** Without a mapped column beside it, a timestamp arrives as the driver has it. */
    private static @Nullable Instant time(Tuple row, String column) {
        OffsetDateTime time = row.get(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
