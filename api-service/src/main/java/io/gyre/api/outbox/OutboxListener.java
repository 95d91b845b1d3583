package io.gyre.api.outbox;

import io.gyre.api.database.Database;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * Listens for PostgreSQL's note that the outbox was filled, on a connection of its own: one from a pool would be given
 * back. While the connection is lost the relay's poll does its work.
 */
@ApplicationScoped
class OutboxListener {
    private static final Logger LOG = Logger.getLogger(OutboxListener.class);
    private static final String LISTEN = "LISTEN gyre_outbox";
    private static final Duration RECONNECT_AFTER = Duration.ofSeconds(1);

    private final Vertx vertx;
    private final Database database;
    private final RelayLoop loop;
    private volatile boolean stopped;
    private volatile Runnable close = () -> {};

    OutboxListener(Vertx vertx, Database database, RelayLoop loop) {
        this.vertx = vertx;
        this.database = database;
        this.loop = loop;
    }

    void start() {
        PgConnection.connect(vertx, database.connection())
                .onSuccess(this::listen)
                .onFailure(failure -> startLater());
    }

    void stop() {
        stopped = true;
        close.run();
    }

    private void listen(PgConnection connection) {
        close = connection::close;
        connection.notificationHandler(note -> loop.tell());
        connection.closeHandler(closed -> startLater());
        connection.query(LISTEN).execute().onSuccess(listening -> loop.tell()).onFailure(failure -> connection.close());
        if (stopped) {
            connection.close();
        }
    }

    private void startLater() {
        if (!stopped) {
            LOG.debug("The connection that listens for the outbox is lost, and is made again.");
            vertx.setTimer(RECONNECT_AFTER.toMillis(), timer -> start());
        }
    }
}
