package io.gyre.simulator.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Statements of one transaction. Arguments are texts, numbers, booleans, bytes, instants, durations and lists. */
public final class Transaction {
    private final Connection connection;
    private final List<Runnable> afterCommit = new ArrayList<>();

    /** Statements on a connection that someone else opened and will close. */
    public Transaction(Connection connection) {
        this.connection = connection;
    }

    /** How a row becomes a value. */
    @FunctionalInterface
    public interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    public <T> List<T> list(String sql, Row<T> row, @Nullable Object... arguments) {
        try (PreparedStatement statement = prepared(sql, arguments);
                ResultSet rows = statement.executeQuery()) {
            List<T> all = new ArrayList<>();
            while (rows.next()) {
                all.add(row.read(rows));
            }
            return List.copyOf(all);
        } catch (SQLException e) {
            throw new StoreException(e);
        }
    }

    /** The first row, where there is one. */
    public <T> Optional<T> one(String sql, Row<T> row, @Nullable Object... arguments) {
        List<T> all = list(sql, row, arguments);
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(0));
    }

    /** Whether the query finds a row. */
    public boolean exists(String sql, @Nullable Object... arguments) {
        return one(sql, row -> true, arguments).isPresent();
    }

    /** @return how many rows it touched */
    public int change(String sql, @Nullable Object... arguments) {
        try (PreparedStatement statement = prepared(sql, arguments)) {
            return statement.execute() ? 0 : statement.getUpdateCount();
        } catch (SQLException e) {
            throw new StoreException(e);
        }
    }

    /** Done once the transaction is committed, in the same thread; not at all where it is rolled back. */
    public void afterCommit(Runnable action) {
        afterCommit.add(action);
    }

    void runAfterCommit() {
        afterCommit.forEach(Runnable::run);
    }

    /** A date as a value, for {@link Row}s. */
    public static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    /** The same for a column that may be null. */
    public static @Nullable Instant instantOrNull(ResultSet row, String column) throws SQLException {
        OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
        return value == null ? null : value.toInstant();
    }

    private PreparedStatement prepared(String sql, @Nullable Object... arguments) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        try {
            for (int i = 0; i < arguments.length; i++) {
                statement.setObject(i + 1, argument(arguments[i]));
            }
            return statement;
        } catch (SQLException e) {
            statement.close();
            throw e;
        }
    }

    private @Nullable Object argument(@Nullable Object value) throws SQLException {
        if (value instanceof Instant instant) {
            return instant.atOffset(ZoneOffset.UTC);
        }
        if (value instanceof Duration duration) {
            // Seconds, for make_interval(secs => ?).
            return duration.toNanos() / 1e9;
        }
        if (value instanceof List<?> texts) {
            return connection.createArrayOf("text", texts.toArray());
        }
        return value;
    }
}
