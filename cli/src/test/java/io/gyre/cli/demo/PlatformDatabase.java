package io.gyre.cli.demo;

import io.gyre.platform.Home;
import io.gyre.platform.PlatformException;
import io.gyre.platform.PlatformPlan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.postgresql.Driver;

/** A database of a running platform, as its superuser sees it: what no API shows, for tests alone. */
record PlatformDatabase(String url, String role, String password) {

    /** Reads one row. */
    interface Reading<T> {
        T of(ResultSet row) throws SQLException;
    }

    /** Gyre's own. */
    static PlatformDatabase ofGyre(PlatformPlan plan) {
        return of(plan, plan.ports().postgres(), "gyre", "platform");
    }

    /** The simulated cloud's. */
    static PlatformDatabase ofCloud(PlatformPlan plan) {
        return of(plan, plan.ports().cloudPostgres(), "cloud", "cloud");
    }

    private static PlatformDatabase of(PlatformPlan plan, int port, String database, String superuser) {
        try {
            String password = Files.readString(new Home(plan.home()).secret("postgres-" + superuser));
            return new PlatformDatabase(
                    "jdbc:postgresql://127.0.0.1:" + port + "/" + database, superuser, password.strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @throws PlatformException if the database does not answer */
    <T> List<T> rows(String sql, Reading<T> reading, Object... parameters) {
        try (Connection connection = connect();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, parameters);
            List<T> all = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    all.add(reading.of(rows));
                }
            }
            return all;
        } catch (SQLException e) {
            throw new PlatformException("The database at " + url + " did not answer: " + e.getMessage(), e);
        }
    }

    /** @return how many rows it changed */
    int change(String sql, Object... parameters) {
        try (Connection connection = connect();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, parameters);
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw new PlatformException("The database at " + url + " did not answer: " + e.getMessage(), e);
        }
    }

    private static void bind(PreparedStatement statement, Object... parameters) throws SQLException {
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, parameters[i]);
        }
    }

    /** Every row of every table, as text. */
    String dump() {
        StringBuilder dump = new StringBuilder();
        List<String> tables = rows(
                "SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public'", row -> row.getString(1));
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String table : tables) {
                try (ResultSet rows = statement.executeQuery("SELECT t::text FROM " + table + " t")) {
                    while (rows.next()) {
                        dump.append(rows.getString(1)).append('\n');
                    }
                }
            }
        } catch (SQLException e) {
            throw new PlatformException("The database at " + url + " did not answer: " + e.getMessage(), e);
        }
        return dump.toString();
    }

    private Connection connect() throws SQLException {
        Properties login = new Properties();
        login.setProperty("user", role);
        login.setProperty("password", password);
        return new Driver().connect(url, login);
    }

    @Override
    public String toString() {
        return url;
    }
}
