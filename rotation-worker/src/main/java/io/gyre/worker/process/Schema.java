package io.gyre.worker.process;

import io.gyre.store.Tables;
import io.quarkus.runtime.Quarkus;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Waits for the tables, which api-service makes, and for the root key that it notes there. The worker is ready then; tables of a version
 * that this one does not work with end it, and so does a calendar that runs at another speed than the wall, unless it belongs to a local
 * platform, or another root key.
 */
@ApplicationScoped
class Schema {
    private static final Logger LOG = Logger.getLogger(Schema.class);

    private static final Duration ASK_EVERY = Duration.ofMillis(200);

    /** The last table that a worker needs, and the last migration of the oldest version that works on these. */
    private static final String TABLES = """
            SELECT to_regclass('drift_check') IS NOT NULL AS present,
                   CAST(substring(obj_description(to_regclass('flyway_schema_history'), 'pg_class') FROM '\\d+') AS integer) AS oldest
            """;

    private final Pool pool;
    private final WorkerConfig config;
    private final RootKeyPresence rootKeys;
    private final ScheduledExecutorService executor;
    private volatile boolean present;
    private boolean said;

    @Inject
    Schema(Pool pool, WorkerConfig config, RootKeyPresence rootKeys, ScheduledExecutorService executor) {
        this.pool = pool;
        this.config = config;
        this.rootKeys = rootKeys;
        this.executor = executor;
    }

    /** Runs the task once the tables are there. */
    void whenPresent(Runnable task) {
        pool.query(TABLES)
                .execute()
                .map(rows -> rows.iterator().next())
                .subscribe()
                .with(tables -> found(tables, task), failure -> askAgain("PostgreSQL does not answer", task));
    }

    private void found(Row tables, Runnable task) {
        Integer oldest = tables.getInteger("oldest");
        if (oldest != null && oldest > Tables.NEWEST_MIGRATION) {
            LOG.errorf(
                    "The tables in PostgreSQL take no version of Gyre whose last migration is before %s; this one's is %s: start the"
                            + " version that was here before the last upgrade, or a newer one.",
                    oldest, Tables.NEWEST_MIGRATION);
            Quarkus.asyncExit(1);
        } else if (tables.getBoolean("present")) {
            pool.query("SELECT speed FROM calendar")
                    .execute()
                    .map(Schema::speed)
                    .subscribe()
                    .with(speed -> found(speed, task), failure -> askAgain("PostgreSQL does not answer", task));
        } else {
            askAgain("api-service has not made the tables yet", task);
        }
    }

    private static double speed(RowSet<Row> rows) {
        return rows.iterator().next().getDouble("speed");
    }

    private void found(double speed, Runnable task) {
        if (speed != 1 && !config.localPlatform()) {
            LOG.errorf(
                    "The calendar in PostgreSQL runs at speed %s, which only a local platform may do: point this worker at"
                            + " another database, or set GYRE_LOCAL_PLATFORM=true on a machine for demonstrations.",
                    speed);
            Quarkus.asyncExit(1);
        } else {
            rootKeys.begin()
                    .subscribe()
                    .with(noted -> noted(noted, task), failure -> askAgain("PostgreSQL does not answer", task));
        }
    }

    private void noted(boolean noted, Runnable task) {
        if (noted) {
            present = true;
            task.run();
        } else {
            askAgain("api-service has not noted the root key yet", task);
        }
    }

    private void askAgain(String why, Runnable task) {
        if (!said) {
            said = true;
            LOG.infof("Waiting: %s.", why);
        }
        var unused = executor.schedule(() -> whenPresent(task), ASK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    boolean isPresent() {
        return present;
    }
}
