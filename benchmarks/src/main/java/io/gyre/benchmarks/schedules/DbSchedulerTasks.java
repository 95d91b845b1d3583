package io.gyre.benchmarks.schedules;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.zaxxer.hikari.HikariDataSource;
import io.gyre.benchmarks.Bench;
import io.gyre.benchmarks.durable.DbSchedulerTable;
import io.gyre.benchmarks.server.Database;
import io.gyre.benchmarks.server.MeasuredPostgres;
import java.time.Duration;
import java.time.Instant;

/** One task for each schedule, which does nothing and comes again in 30 days. */
final class DbSchedulerTasks implements Contender {
    private static final int THREADS = 32;

    private static final Duration INTERVAL = Duration.ofDays(30);

    private static final String FILL = """
            INSERT INTO scheduled_tasks (task_name, task_instance, execution_time, picked, version)
            SELECT 'rotate', 'secret-' || n, '%1$s'::timestamptz + n * interval '1 millisecond', false, 1
              FROM generate_series(1, %2$d) AS n;
            ANALYZE;
            """;

    private static final String COME_DUE = """
            UPDATE scheduled_tasks SET execution_time = '%1$s'
             WHERE task_instance IN (SELECT 'secret-' || n FROM generate_series(%4$d, %2$d, %3$d) AS n)
            """;

    @Override
    public String name() {
        return "db-scheduler 16.12.0";
    }

    @Override
    public String keeps() {
        return "the task's next execution, and when it last succeeded";
    }

    @Override
    public String settings() {
        return THREADS
                + " threads; polling by lock-and-fetch (SKIP LOCKED) every second, up to four batches of its threads"
                + " fetched ahead";
    }

    @Override
    public Timetable open(Bench bench, int schedules) {
        MeasuredPostgres server = MeasuredPostgres.start(bench);
        try {
            Database database = server.freshDatabase();
            database.run(DbSchedulerTable.SQL);
            database.run(FILL.formatted(Instant.now().plus(GyrePolicies.FAR_AWAY), schedules));
            return new Round(this, server, database, database.dataSource(THREADS + 4), schedules, new Begins());
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
    }

    private static final class Round extends OwnJvm {
        private final Scheduler scheduler;

        Round(
                Contender contender,
                MeasuredPostgres server,
                Database database,
                HikariDataSource connections,
                int schedules,
                Begins begins) {
            super(contender, server, database, connections, schedules, begins);
            CustomTask<Void> rotate = Tasks.custom("rotate", Void.class).execute((task, context) -> {
                begins.add();
                return (complete, operations) ->
                        operations.reschedule(complete, Instant.now().plus(INTERVAL));
            });
            this.scheduler = Scheduler.create(connections, rotate)
                    .threads(THREADS)
                    .pollUsingLockAndFetch(1.0, 4.0)
                    .pollingInterval(Duration.ofSeconds(1))
                    .build();
            scheduler.start();
        }

        @Override
        String comesDue(Instant at, int schedules, int step, int first) {
            return COME_DUE.formatted(at, schedules, step, first);
        }

        @Override
        void stop() {
            scheduler.stop();
        }
    }
}
