package io.gyre.benchmarks.schedules;

import io.gyre.benchmarks.Bench;
import io.gyre.benchmarks.platform.MeasuredPlatform;
import io.gyre.benchmarks.server.Database;
import io.gyre.platform.Platform;
import io.gyre.platform.PlatformException;
import io.gyre.platform.process.Poll;
import io.gyre.platform.service.ApiService;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** Gyre itself: the packaged api-service with its scan, whose rotations no worker takes up. */
final class GyrePolicies implements Contender {
    /** No schedule is due before, unless it is told to be. */
    static final Duration FAR_AWAY = Duration.ofDays(365);

    private static final Duration LONGEST = Duration.ofMinutes(5);

    /** Secrets as CreateSecret leaves them, each with two accounts at an instance of its own. */
    private static final String FILL = """
            WITH made AS (
                INSERT INTO secret (account_id, name, arn, secret_type, secret_sub_type, key_id, extended_config, rotation_status,
                                    rotation_interval_seconds, next_rotation_at, created_at, updated_at)
                SELECT s.account_id, 'fleet/' || n, s.arn || '/' || n, 'Rds', s.secret_sub_type, s.key_id,
                       jsonb_build_object('SecretSubType', 'DoubleUsers', 'DBInstanceId', 'rm-' || n)::text,
                       'Enabled', 2592000, '%1$s'::timestamptz + n * interval '1 millisecond', now(), now()
                  FROM secret s, generate_series(1, %2$d) AS n
                 WHERE s.name = '%3$s'
                RETURNING secret_id),
            versions AS (
                INSERT INTO secret_version (secret_id, version_id, data_type, credential_name, key_id, wrapped_data_key,
                                            ciphertext, created_at)
                SELECT m.secret_id, v.version_id, v.data_type, v.credential_name, v.key_id, v.wrapped_data_key, v.ciphertext, now()
                  FROM made m, secret_version v JOIN secret s USING (secret_id) WHERE s.name = '%3$s')
            INSERT INTO secret_stage
            SELECT m.secret_id, c.stage, c.version_id
              FROM made m, secret_stage c JOIN secret s USING (secret_id) WHERE s.name = '%3$s';
            """;

    /** Their date is past, so that they begin without a spread; the scan meets them at the instant, and not before. */
    private static final String COME_DUE = """
            UPDATE secret SET next_rotation_at = '%1$s'::timestamptz - interval '1 day'
             WHERE name IN (SELECT 'fleet/' || n FROM generate_series(%4$d, %2$d, %3$d) AS n);
            UPDATE rotation_plan p SET begins_at = '%1$s'::timestamptz
              FROM secret s
             WHERE p.secret_id = s.secret_id AND s.name IN (SELECT 'fleet/' || n FROM generate_series(%4$d, %2$d, %3$d) AS n)
            """;

    private static final String BEGUN = """
            SELECT extract(epoch FROM requested_at_wall - ?) * 1000 FROM rotation
             WHERE trigger = 'automatic' AND ended_at IS NULL
            """;

    /** A secret whose key is disabled is looked at, and held. */
    private static final String HELD = "SELECT count(*) FROM rotation_plan WHERE held_by = 'key'";

    private static final String KEYS = "UPDATE kms_key SET key_state = '%1$s'";

    private static final String HELD_NO_MORE = """
            UPDATE secret SET next_rotation_at = '%1$s'
             WHERE secret_id IN (SELECT secret_id FROM rotation_plan WHERE held_by = 'key')
            """;

    /** As if their rotations had ended: they are due again in a year. */
    private static final String OVER = """
            UPDATE secret SET next_rotation_at = '%1$s' WHERE secret_id IN (SELECT secret_id FROM rotation);
            DELETE FROM rotation
            """;

    @Override
    public String name() {
        return "Gyre";
    }

    @Override
    public String keeps() {
        return "the rotation with all that its worker needs, its first timeline entry, and two records for Kafka, which are sent"
                + " meanwhile";
    }

    @Override
    public String settings() {
        return "one api-service process with the settings it has by default: a look every second, batches of a hundred; no worker"
                + " runs, so no rotation goes on";
    }

    @Override
    public Timetable open(Bench bench, int schedules) {
        MeasuredPlatform platform = MeasuredPlatform.start(bench);
        try {
            String model = platform.rdsSecrets(1, 1).get(0);
            platform.stopWorkers();
            Database database = platform.database();
            database.run(FILL.formatted(Instant.now().plus(FAR_AWAY), schedules, model));
            database.run("VACUUM ANALYZE");
            return new Round(platform, database, schedules);
        } catch (RuntimeException e) {
            platform.close();
            throw e;
        }
    }

    private static final class Round implements Timetable {
        private final MeasuredPlatform platform;
        private final Database database;
        private final int schedules;
        private int rounds;

        Round(MeasuredPlatform platform, Database database, int schedules) {
            this.platform = platform;
            this.database = database;
            this.schedules = schedules;
        }

        @Override
        public List<Double> comeDue(int due, Instant at) {
            makeDue(due, at);
            List<Double> begun = new ArrayList<>();
            if (!Poll.until(LONGEST, () -> {
                begun.clear();
                begun.addAll(begun(at));
                return begun.size() >= due;
            })) {
                throw new PlatformException("Gyre began %,d of %,d rotations that were due within %d minutes."
                        .formatted(begun.size(), due, LONGEST.toMinutes()));
            }
            return begun;
        }

        private void makeDue(int due, Instant at) {
            database.run(OVER.formatted(Instant.now().plus(FAR_AWAY)));
            int step = schedules / due;
            database.run(COME_DUE.formatted(at, schedules, step, 1 + rounds++ % step));
        }

        @Override
        public boolean areLookedAt(int due, Instant at) {
            database.run(KEYS.formatted("Disabled"));
            makeDue(due, at);
            if (!Poll.until(LONGEST, () -> held() >= due)) {
                throw new PlatformException("Gyre looked at %,d of %,d secrets that were due within %d minutes."
                        .formatted(held(), due, LONGEST.toMinutes()));
            }
            database.run(HELD_NO_MORE.formatted(Instant.now().plus(FAR_AWAY)));
            database.run(KEYS.formatted("Enabled"));
            return true;
        }

        private int held() {
            try (Connection connection = database.connect();
                    PreparedStatement query = connection.prepareStatement(HELD);
                    ResultSet row = query.executeQuery()) {
                row.next();
                return row.getInt(1);
            } catch (SQLException e) {
                throw new IllegalStateException("The secrets that are held cannot be counted: " + e.getMessage(), e);
            }
        }

        private List<Double> begun(Instant at) {
            try (Connection connection = database.connect();
                    PreparedStatement query = connection.prepareStatement(BEGUN)) {
                query.setObject(1, at.atOffset(ZoneOffset.UTC));
                List<Double> millis = new ArrayList<>();
                try (ResultSet rows = query.executeQuery()) {
                    while (rows.next()) {
                        millis.add(rows.getDouble(1));
                    }
                }
                return millis;
            } catch (SQLException e) {
                throw new IllegalStateException("The rotations cannot be read: " + e.getMessage(), e);
            }
        }

        @Override
        public Spent spent() {
            return new Spent(platform.processorTime(Platform.POSTGRES), platform.processorTime(ApiService.NAME));
        }

        @Override
        public double liveHeap() {
            return LiveHeap.of(platform.pid(ApiService.NAME));
        }

        @Override
        public void close() {
            platform.close();
        }
    }
}
