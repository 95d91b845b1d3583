package io.gyre.benchmarks.server;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.gyre.secret.SecretText;
import io.gyre.worker.engine.EngineSession;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.pgclient.PgBuilder;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.PoolOptions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A database that one contender has to itself.
 *
 * @param user owns it
 */
public record Database(String host, int port, String name, String user, SecretText password) {

    /** The address for JDBC. */
    public String jdbcUrl() {
        return "jdbc:postgresql://" + host + ":" + port + "/" + name;
    }

    /** A pool of JDBC connections, all opened at once, as long-lived services have them. */
    public HikariDataSource dataSource(int connections) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(jdbcUrl());
        config.setUsername(user);
        config.setPassword(password.reveal());
        config.setMaximumPoolSize(connections);
        config.setMinimumIdle(connections);
        return new HikariDataSource(config);
    }

    /** A pool of the client that Gyre's processes use, with sessions as the engine has them. */
    public Pool pool(Vertx vertx, int connections) {
        return PgBuilder.pool()
                .with(new PoolOptions().setMaxSize(connections))
                .connectingTo(EngineSession.of(new PgConnectOptions()
                        .setHost(host)
                        .setPort(port)
                        .setDatabase(name)
                        .setUser(user)
                        .setPassword(password.reveal())))
                .using(vertx)
                .build();
    }

    /** A connection of its own; statements commit by themselves. */
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(jdbcUrl(), user, password.reveal());
    }

    /** Runs one statement that has no parameters. */
    public void run(String sql) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw refused(e);
        }
    }

    /** The first column of the first row, as text. */
    public String ask(String query) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            return rows.next() ? String.valueOf(rows.getString(1)) : "";
        } catch (SQLException e) {
            throw refused(e);
        }
    }

    private IllegalStateException refused(SQLException cause) {
        return new IllegalStateException(
                "PostgreSQL refused a statement in the database " + name + ": " + cause.getMessage(), cause);
    }
}
