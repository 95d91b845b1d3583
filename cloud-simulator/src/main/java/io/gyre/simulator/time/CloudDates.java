package io.gyre.simulator.time;

import io.gyre.simulator.config.SimulatorConfig;
import io.gyre.time.Calendar;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Dates of users, keys and instances. The calendar is read anew for each, since its speed may be set while the
 * simulator runs; where Gyre's database is away or not yet set up, the calendar read last goes on.
 */
@Singleton
public class CloudDates implements InstantSource {
    private static final Logger LOG = System.getLogger(CloudDates.class.getName());
    private static final int TIMEOUT_SECONDS = 2;

    private final @Nullable PGSimpleDataSource source;
    private @Nullable Connection connection;
    private Calendar lastRead = Calendar.WALL;
    private boolean silent;

    @Inject
    public CloudDates(SimulatorConfig config) {
        this.source = config.calendar().db().map(CloudDates::source).orElse(null);
    }

    private static PGSimpleDataSource source(SimulatorConfig.CalendarDatabase db) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setServerNames(new String[] {db.host()});
        source.setPortNumbers(new int[] {db.port()});
        source.setDatabaseName(db.name());
        source.setUser(db.user());
        source.setPassword(db.password());
        source.setConnectTimeout(TIMEOUT_SECONDS);
        source.setSocketTimeout(TIMEOUT_SECONDS);
        source.setReadOnly(true);
        return source;
    }

    /** To the second, as the products write dates. It may block for as long as a query takes. */
    @Override
    public synchronized Instant instant() {
        read().ifPresent(calendar -> lastRead = calendar);
        return lastRead.at(Instant.now()).truncatedTo(ChronoUnit.SECONDS);
    }

    private Optional<Calendar> read() {
        if (source == null) {
            return Optional.empty();
        }
        try {
            if (connection == null) {
                connection = source.getConnection();
            }
            try (PreparedStatement query = connection.prepareStatement(
                            "SELECT wall_origin, calendar_origin, speed FROM calendar WHERE id = 1");
                    ResultSet row = query.executeQuery()) {
                silent = false;
                return row.next() ? Optional.of(calendar(row)) : Optional.empty();
            }
        } catch (SQLException e) {
            close();
            if (!silent) {
                silent = true;
                LOG.log(
                        Level.INFO,
                        "The calendar cannot be read (SQLState {0}); the one read last goes on.",
                        e.getSQLState());
            }
            return Optional.empty();
        }
    }

    private static Calendar calendar(ResultSet row) throws SQLException {
        return new Calendar(
                row.getObject(1, OffsetDateTime.class).toInstant(),
                row.getObject(2, OffsetDateTime.class).toInstant(),
                row.getDouble(3));
    }

    @PreDestroy
    synchronized void close() {
        if (connection != null) {
            try {
                connection.close();
            } catch (SQLException e) {
                LOG.log(Level.DEBUG, "A connection to the calendar did not close cleanly", e);
            }
            connection = null;
        }
    }
}
