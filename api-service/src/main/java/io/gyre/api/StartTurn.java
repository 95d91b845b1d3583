package io.gyre.api;

import io.agroal.api.AgroalDataSource;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * One process of an installation starts at a time: two that found nothing there would both make the administrator's key,
 * and both register the same scan with Quartz. The turn is a lock of a connection, so it ends with the process too.
 */
@Singleton
class StartTurn {
    /** Gyre's own number ("gyreturn"). */
    private static final String TAKE = "SELECT pg_advisory_lock(x'677972657475726e'::bigint)";

    private final AgroalDataSource database;
    private @Nullable Connection turn;

    StartTurn(AgroalDataSource database) {
        this.database = database;
    }

    /** Before Quartz, which starts at {@code PLATFORM_BEFORE}. */
    void take(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE - 10) StartupEvent event) throws SQLException {
        Connection connection = database.getConnection();
        try (Statement statement = connection.createStatement()) {
            statement.execute(TAKE);
        }
        turn = connection;
    }

    /** Closing a pooled connection would keep its session, and with it the lock, so the lock is given back by name. */
    void giveBack() throws SQLException {
        Connection connection = turn;
        if (connection == null) {
            return;
        }
        turn = null;
        try (connection;
                Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_advisory_unlock_all()");
        }
    }
}
