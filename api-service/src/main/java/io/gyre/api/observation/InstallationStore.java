package io.gyre.api.observation;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import java.util.HashMap;
import java.util.Map;
import org.hibernate.reactive.mutiny.Mutiny;

/** Counts what there is now. */
@ApplicationScoped
class InstallationStore {
    /**
     * It reads what has not ended, what has drifted and what Kafka has not been told: each by an index of its own. While Kafka is away
     * the outbox grows, so no more of it is counted than is worth knowing.
     */
    static final String NUMBERS = """
            WITH moment AS MATERIALIZED (
                SELECT clock_timestamp() AS wall, calendar_now() AS calendar, speed FROM calendar),
            active AS MATERIALIZED (
                SELECT r.rotation_type AS type,
                       count(*) FILTER (WHERE r.state = 'Running') AS running,
                       count(*) FILTER (WHERE r.state = 'Waiting') AS waiting,
                       count(*) FILTER (WHERE r.late_since IS NOT NULL
                           OR r.late_at <= CASE r.late_clock WHEN 'calendar' THEN m.calendar ELSE m.wall END) AS late,
                       max(CASE WHEN r.lease_until > m.wall THEN 0
                                WHEN r.wake_clock = 'calendar' THEN extract(epoch FROM m.calendar - r.wake_at) / m.speed
                                WHEN r.wake_clock = 'operational' THEN extract(epoch FROM m.wall - r.wake_at) END) AS untaken
                  FROM rotation r, moment m
                 WHERE r.ended_at IS NULL
                 GROUP BY r.rotation_type)
            SELECT 'running' AS what, type, CAST(running AS float8) AS number FROM active
            UNION ALL SELECT 'waiting', type, waiting FROM active
            UNION ALL SELECT 'late', type, late FROM active
            UNION ALL SELECT 'untaken', type, greatest(0, untaken) FROM active
            UNION ALL SELECT 'drifted', secret_type, count(*) FROM drift_check
                       WHERE seen IS NOT NULL AND state IN ('Drifted', 'PreviousDrifted') GROUP BY secret_type
            UNION ALL SELECT 'outbox', '', count(*) FROM (SELECT FROM outbox LIMIT 100000) AS counted
            UNION ALL SELECT 'outbox-age', '', greatest(0, extract(epoch FROM wall - event_time)) FROM moment,
                       LATERAL (SELECT event_time FROM outbox ORDER BY outbox_id LIMIT 1) AS oldest
            """;

    /** What a number is of; {@code type} is empty for what has none. */
    record Counted(String what, String type) {}

    /** What is not there is 0. */
    Uni<Map<Counted, Double>> numbers(Mutiny.StatelessSession session) {
        return session.createNativeQuery(NUMBERS, Tuple.class).getResultList().map(rows -> {
            Map<Counted, Double> numbers = new HashMap<>();
            for (Tuple row : rows) {
                numbers.put(
                        new Counted(row.get("what", String.class), row.get("type", String.class)),
                        row.get("number", Double.class));
            }
            return numbers;
        });
    }
}
