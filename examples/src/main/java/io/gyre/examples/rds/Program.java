package io.gyre.examples.rds;

import com.aliyuncs.kms.secretsmanager.client.exception.CacheSecretException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** A few threads that query without a pause for rotations, and without a second try: a password that is refused is a failure. */
final class Program implements AutoCloseable {
    private static final int THREADS = 4;
    private static final Duration BETWEEN = Duration.ofMillis(50);
    private static final Duration ENDS_WITHIN = Duration.ofSeconds(20);

    private final CurrentAccount account;
    private final Database database;
    private final Tally tally;
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private volatile boolean ending;

    Program(CurrentAccount account, Database database, Tally tally) {
        this.account = account;
        this.database = database;
        this.tally = tally;
    }

    void start() {
        for (int i = 0; i < THREADS; i++) {
            threads.execute(this::work);
        }
    }

    private void work() {
        while (!ending) {
            query();
            try {
                Thread.sleep(BETWEEN.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void query() {
        Account used = null;
        try {
            used = account.get();
            database.query(used);
            tally.answered(used);
        } catch (SQLException e) {
            tally.failed("PostgreSQL refused " + used + ": SQLSTATE " + e.getSQLState() + ".");
        } catch (CacheSecretException | RuntimeException e) {
            tally.failed("The account cannot be read: " + e + ".");
        }
    }

    /** Queries that are on their way are finished and counted. */
    @Override
    public void close() {
        ending = true;
        threads.shutdown();
        try {
            if (!threads.awaitTermination(ENDS_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException e) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
