package io.gyre.benchmarks.durable;

import com.zaxxer.hikari.HikariDataSource;
import dev.dbos.transact.DBOS;
import dev.dbos.transact.config.DBOSConfig;
import dev.dbos.transact.workflow.Workflow;
import io.gyre.benchmarks.server.Database;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A workflow of four steps, called by as many threads as keep the server busy. */
final class DbosTransact implements Contender {
    private static final int THREADS = 32;

    /** What DBOS wraps: a call of it is a workflow. */
    public interface Saga {
        /** Runs the saga to its end. */
        void run();
    }

    /** Its four steps. */
    public static final class FourSteps implements Saga {
        private final DBOS dbos;

        FourSteps(DBOS dbos) {
            this.dbos = dbos;
        }

        @Override
        @Workflow(name = "saga")
        public void run() {
            dbos.runStep(() -> {}, "first");
            dbos.runStep(() -> {}, "second");
            dbos.runStep(() -> {}, "third");
            dbos.runStep(() -> {}, "fourth");
        }
    }

    @Override
    public String name() {
        return "DBOS Transact 1.1.0-m6";
    }

    @Override
    public String keeps() {
        return "the workflow's row at its begin, the outcome of each step after it, the workflow's end: 6 transactions";
    }

    @Override
    public String settings() {
        return THREADS + " threads call the workflow directly, without a queue, which costs DBOS least; a pool of "
                + THREADS + " connections";
    }

    @Override
    public Contender.Round open(Database database, int sagas) {
        return new Round(database, sagas);
    }

    private final class Round implements Contender.Round {
        private final ExecutorService callers = Executors.newFixedThreadPool(THREADS);
        private final int sagas;
        private final HikariDataSource connections;
        private final DBOS dbos;
        private final Saga saga;

        Round(Database database, int sagas) {
            this.sagas = sagas;
            this.connections = database.dataSource(THREADS);
            this.dbos = new DBOS(
                    DBOSConfig.defaults("bench").withDataSource(connections).withAppVersion("1"));
            this.saga = dbos.registerProxy(Saga.class, new FourSteps(dbos));
            dbos.launch();
        }

        @Override
        public void run() {
            CountDownLatch ended = new CountDownLatch(sagas);
            for (int i = 0; i < sagas; i++) {
                callers.execute(() -> {
                    saga.run();
                    ended.countDown();
                });
            }
            // A call returns when the workflow's end is committed.
            Commits.await(name(), ended, () -> true);
        }

        @Override
        public void close() {
            callers.shutdownNow();
            dbos.close();
            connections.close();
        }
    }
}
