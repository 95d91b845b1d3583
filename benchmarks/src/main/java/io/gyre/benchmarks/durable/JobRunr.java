package io.gyre.benchmarks.durable;

import com.zaxxer.hikari.HikariDataSource;
import io.gyre.benchmarks.server.Database;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.jobrunr.jobs.lambdas.JobRequest;
import org.jobrunr.jobs.lambdas.JobRequestHandler;
import org.jobrunr.jobs.mappers.JobMapper;
import org.jobrunr.scheduling.JobRequestScheduler;
import org.jobrunr.server.BackgroundJobServer;
import org.jobrunr.server.BackgroundJobServerConfiguration;
import org.jobrunr.server.JobActivator;
import org.jobrunr.storage.sql.postgres.PostgresStorageProvider;
import org.jobrunr.utils.mapper.jackson.JacksonJsonMapper;

/** One job a step: each enqueues the next. */
final class JobRunr implements Contender {
    private static final int THREADS = 32;

    /** One for each worker, and for the polling and housekeeping. */
    private static final int CONNECTIONS = THREADS + 4;

    private static final int STEPS = 4;

    /**
     * A step that is to be done.
     *
     * @param step counts from 1
     */
    public record Step(String saga, int step) implements JobRequest {
        @Override
        public Class<Handler> getJobRequestHandler() {
            return Handler.class;
        }
    }

    /** Does it, and enqueues the next one; an id that follows from the step keeps a repetition from enqueuing it twice. */
    public static final class Handler implements JobRequestHandler<Step> {
        private final JobRequestScheduler scheduler;
        private final CountDownLatch lastSteps;

        Handler(JobRequestScheduler scheduler, CountDownLatch lastSteps) {
            this.scheduler = scheduler;
            this.lastSteps = lastSteps;
        }

        @Override
        public void run(Step done) {
            if (done.step() == STEPS) {
                lastSteps.countDown();
                return;
            }
            Step next = new Step(done.saga(), done.step() + 1);
            UUID id = UUID.nameUUIDFromBytes(next.toString().getBytes(StandardCharsets.UTF_8));
            var unused = scheduler.enqueue(id, next);
        }
    }

    @Override
    public String name() {
        return "JobRunr 8.7.0";
    }

    @Override
    public String keeps() {
        return "a job for each step: enqueued, processing, succeeded, each a commit with the job as JSON; its own"
                + " runStepOnce is kept in memory until the next poll, so it is not durable and not used here";
    }

    @Override
    public String settings() {
        return THREADS
                + " workers; polls every 5 s, the least that it takes, and fetches more at once when a worker is free;"
                + " a pool of " + CONNECTIONS + " connections";
    }

    @Override
    public Contender.Round open(Database database, int sagas) {
        return new Round(database, sagas);
    }

    private final class Round implements Contender.Round {
        private final Database database;
        private final int sagas;
        private final CountDownLatch lastSteps;
        private final HikariDataSource connections;
        private final JobRequestScheduler scheduler;
        private final BackgroundJobServer server;

        Round(Database database, int sagas) {
            this.database = database;
            this.sagas = sagas;
            this.lastSteps = new CountDownLatch(sagas);
            this.connections = database.dataSource(CONNECTIONS);
            JacksonJsonMapper json = new JacksonJsonMapper();
            PostgresStorageProvider storage = new PostgresStorageProvider(connections);
            storage.setJobMapper(new JobMapper(json));
            this.scheduler = new JobRequestScheduler(storage, List.of());
            this.server = new BackgroundJobServer(
                    storage,
                    json,
                    new Handlers(new Handler(scheduler, lastSteps)),
                    BackgroundJobServerConfiguration.usingStandardBackgroundJobServerConfiguration()
                            .andWorkerCount(THREADS)
                            .andPollInterval(Duration.ofSeconds(5)));
            scheduler.enqueue(IntStream.range(0, sagas).mapToObj(n -> new Step(Integer.toString(n), 1)));
        }

        @Override
        public void run() {
            server.start();
            String jobs = Integer.toString(sagas * STEPS);
            Commits.await(
                    name(), lastSteps, () -> database.ask("SELECT count(*) FROM jobrunr_jobs WHERE state = 'SUCCEEDED'")
                            .equals(jobs));
        }

        @Override
        public void close() {
            server.stop();
            connections.close();
        }
    }

    private record Handlers(Handler handler) implements JobActivator {
        @Override
        public <T> T activateJob(Class<T> type) {
            return type.cast(handler);
        }
    }
}
