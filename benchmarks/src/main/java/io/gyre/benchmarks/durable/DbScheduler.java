package io.gyre.benchmarks.durable;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.zaxxer.hikari.HikariDataSource;
import io.gyre.benchmarks.server.Database;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;

/** One task a saga, rescheduled after each step with the step's number as its data. */
final class DbScheduler implements Contender {
    private static final int THREADS = 32;

    /** One for each thread, and for the polling, the heartbeats and their like. */
    private static final int CONNECTIONS = THREADS + 4;

    private static final int STEPS = 4;

    @Override
    public String name() {
        return "db-scheduler 16.12.0";
    }

    @Override
    public String keeps() {
        return "the task at its begin; each step's execution is taken by a batch, and after the step its number and"
                + " next execution are committed; the row is deleted at the end, nothing of it remains";
    }

    @Override
    public String settings() {
        return THREADS + " threads; polling by lock-and-fetch (SKIP LOCKED), with"
                + " up to four batches of its threads fetched ahead; immediate execution; a"
                + " pool of " + CONNECTIONS + " connections";
    }

    @Override
    public Contender.Round open(Database database, int sagas) {
        database.run(DbSchedulerTable.SQL);
        return new Round(database, sagas);
    }

    private final class Round implements Contender.Round {
        private final Database database;
        private final CountDownLatch lastSteps;
        private final CustomTask<Integer> saga;
        private final HikariDataSource connections;
        private final Scheduler scheduler;

        Round(Database database, int sagas) {
            this.database = database;
            this.lastSteps = new CountDownLatch(sagas);
            this.saga = Tasks.custom("saga", Integer.class).execute((task, context) -> step(task.getData()));
            this.connections = database.dataSource(CONNECTIONS);
            this.scheduler = Scheduler.create(connections, saga)
                    .threads(THREADS)
                    .pollUsingLockAndFetch(1.0, 4.0)
                    .pollingInterval(Duration.ofMillis(100))
                    .enableImmediateExecution()
                    .build();
            scheduler.scheduleBatch(
                    IntStream.range(0, sagas).mapToObj(n -> saga.instance(Integer.toString(n), 1)), Instant.now());
        }

        private CompletionHandler<Integer> step(int step) {
            if (step < STEPS) {
                return (complete, operations) -> operations.reschedule(complete, Instant.now(), step + 1);
            }
            lastSteps.countDown();
            return (complete, operations) -> operations.remove();
        }

        @Override
        public void run() {
            scheduler.start();
            Commits.await(name(), lastSteps, () -> database.ask("SELECT count(*) FROM scheduled_tasks")
                    .equals("0"));
        }

        @Override
        public void close() {
            scheduler.stop();
            connections.close();
        }
    }
}
