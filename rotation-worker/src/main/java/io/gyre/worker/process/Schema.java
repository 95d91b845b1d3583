package io.gyre.worker.process;

import io.quarkus.runtime.Quarkus;
import io.smallrye.mutiny.Uni;
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
 * Waits for the tables, which api-service makes, and for the root key that it notes there. The worker is ready then; a calendar
 * that runs at another speed than the wall ends it, unless it belongs to a local platform, and so does another root key.
 */
@ApplicationScoped
class Schema {
    private static final Logger LOG = Logger.getLogger(Schema.class);

    private static final Duration ASK_EVERY = Duration.ofMillis(200);

    /** The last table that a worker needs. */
    private static final String TABLE = "SELECT to_regclass('drift_check') IS NOT NULL AS present";

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
        pool.query(TABLE)
                .execute()
                .chain(rows -> rows.iterator().next().getBoolean("present")
                        ? pool.query("SELECT speed FROM calendar").execute().map(Schema::speed)
                        : Uni.createFrom().item(0.0))
                .subscribe()
                .with(speed -> found(speed, task), failure -> askAgain("PostgreSQL does not answer", task));
    }

    private static double speed(RowSet<Row> rows) {
        return rows.iterator().next().getDouble("speed");
    }

    private void found(double speed, Runnable task) {
        if (speed == 0) {
            askAgain("api-service has not made the tables yet", task);
        } else if (speed != 1 && !config.localPlatform()) {
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
