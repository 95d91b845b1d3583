package io.gyre.benchmarks.schedules;

import com.zaxxer.hikari.HikariDataSource;
import io.gyre.benchmarks.Bench;
import io.gyre.benchmarks.server.Database;
import io.gyre.benchmarks.server.MeasuredPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Properties;
import org.quartz.Job;
import org.quartz.JobExecutionContext;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.impl.StdSchedulerFactory;
import org.quartz.impl.jdbcjobstore.JobStoreTX;
import org.quartz.utils.ConnectionProvider;
import org.quartz.utils.DBConnectionManager;

/** Quartz's clustered JDBC store with one trigger for each schedule, all of one job that does nothing. */
final class QuartzTriggers implements Contender {
    private static final int THREADS = 32;

    private static final String TABLES = "org/quartz/impl/jdbcjobstore/tables_postgres.sql";

    /** As Quartz writes a simple trigger that repeats every 30 days; filled by one statement, since its API takes one at a time. */
    private static final String FILL = """
            INSERT INTO qrtz_job_details VALUES ('gyre', 'rotate', 'g', NULL, '%1$s', true, false, false, false, NULL);
            INSERT INTO qrtz_triggers (sched_name, trigger_name, trigger_group, job_name, job_group, next_fire_time,
                                       prev_fire_time, priority, trigger_state, trigger_type, start_time, end_time, misfire_instr)
            SELECT 'gyre', 'secret-' || n, 'g', 'rotate', 'g', %2$d + n, -1, 5, 'WAITING', 'SIMPLE', %2$d + n, 0, 0
              FROM generate_series(1, %3$d) AS n;
            ANALYZE qrtz_triggers;
            INSERT INTO qrtz_simple_triggers
            SELECT 'gyre', 'secret-' || n, 'g', -1, 2592000000, 0 FROM generate_series(1, %3$d) AS n;
            ANALYZE;
            """;

    private static final String COME_DUE = """
            UPDATE qrtz_triggers SET next_fire_time = %1$d, start_time = %1$d
             WHERE trigger_name IN (SELECT 'secret-' || n FROM generate_series(%4$d, %2$d, %3$d) AS n)
            """;

    private static final Begins BEGINS = new Begins();

    /** What a trigger fires. */
    public static final class Nothing implements Job {
        @Override
        public void execute(JobExecutionContext context) {
            BEGINS.add();
        }
    }

    @Override
    public String name() {
        return "Quartz 2.5";
    }

    @Override
    public String keeps() {
        return "the trigger's next time; a row of the fired trigger, deleted once the job returns";
    }

    @Override
    public String settings() {
        return "clustered JDBC store; " + THREADS
                + " threads, which take up to as many triggers together, within the lock;" + " looks every second";
    }

    @Override
    public Timetable open(Bench bench, int schedules) {
        MeasuredPostgres server = MeasuredPostgres.start(bench);
        try {
            Database database = server.freshDatabase();
            database.run(tables());
            database.run(FILL.formatted(
                    Nothing.class.getName(),
                    Instant.now().plus(GyrePolicies.FAR_AWAY).toEpochMilli(),
                    schedules));
            return new Round(this, server, database, database.dataSource(THREADS + 4), schedules);
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
    }

    private static String tables() {
        try (InputStream script = QuartzTriggers.class.getClassLoader().getResourceAsStream(TABLES)) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("Quartz's own tables cannot be read from its archive", e);
        }
    }

    private static final class Round extends OwnJvm {
        private final Scheduler scheduler;

        Round(
                Contender contender,
                MeasuredPostgres server,
                Database database,
                HikariDataSource connections,
                int schedules) {
            super(contender, server, database, connections, schedules, BEGINS);
            DBConnectionManager.getInstance().addConnectionProvider("bench", new Pooled(connections));
            try {
                this.scheduler = new StdSchedulerFactory(properties()).getScheduler();
                scheduler.start();
            } catch (SchedulerException e) {
                throw new IllegalStateException("Quartz does not start: " + e.getMessage(), e);
            }
        }

        private static Properties properties() {
            Properties properties = new Properties();
            properties.put("org.quartz.scheduler.instanceName", "gyre");
            properties.put("org.quartz.scheduler.instanceId", "AUTO");
            properties.put("org.quartz.scheduler.skipUpdateCheck", "true");
            properties.put("org.quartz.scheduler.idleWaitTime", "1000");
            properties.put("org.quartz.scheduler.batchTriggerAcquisitionMaxCount", Integer.toString(THREADS));
            properties.put("org.quartz.threadPool.class", "org.quartz.simpl.SimpleThreadPool");
            properties.put("org.quartz.threadPool.threadCount", Integer.toString(THREADS));
            properties.put("org.quartz.jobStore.class", JobStoreTX.class.getName());
            properties.put(
                    "org.quartz.jobStore.driverDelegateClass", "org.quartz.impl.jdbcjobstore.PostgreSQLDelegate");
            properties.put("org.quartz.jobStore.dataSource", "bench");
            properties.put("org.quartz.jobStore.isClustered", "true");
            properties.put("org.quartz.jobStore.acquireTriggersWithinLock", "true");
            return properties;
        }

        @Override
        String comesDue(Instant at, int schedules, int step, int first) {
            return COME_DUE.formatted(at.toEpochMilli(), schedules, step, first);
        }

        @Override
        void stop() {
            try {
                scheduler.shutdown(true);
            } catch (SchedulerException e) {
                throw new IllegalStateException("Quartz does not stop: " + e.getMessage(), e);
            }
        }
    }

    /** Quartz asks for connections by name. */
    private record Pooled(HikariDataSource connections) implements ConnectionProvider {
        @Override
        public Connection getConnection() throws SQLException {
            return connections.getConnection();
        }

        @Override
        public void shutdown() {}

        @Override
        public void initialize() {}
    }
}
