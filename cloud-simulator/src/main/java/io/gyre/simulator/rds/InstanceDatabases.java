package io.gyre.simulator.rds;

import io.gyre.simulator.config.SimulatorConfig;
import io.gyre.simulator.store.Database;
import io.gyre.simulator.store.Transaction;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The database behind each instance, which bears the instance's name. Everything here can be repeated after a crash.
 * PostgreSQL takes no parameters for names, so {@code format} quotes them.
 */
@Singleton
class InstanceDatabases {
    private final Database database;
    private final SimulatorConfig.Database server;

    @Inject
    InstanceDatabases(Database database, SimulatorConfig config) {
        this.database = database;
        this.server = config.db();
    }

    /** The role that is an account. */
    static String role(String instance, String account) {
        return instance + "/" + account;
    }

    void create(String instance) {
        database.outsideTransactions(server -> {
            boolean exists = server.exists("SELECT 1 FROM pg_database WHERE datname = ?", instance);
            if (!exists) {
                formatted(server, "CREATE DATABASE %1$I", instance);
            }
            formatted(server, "REVOKE CONNECT, TEMPORARY ON DATABASE %1$I FROM PUBLIC", instance);
        });
    }

    void drop(String instance) {
        database.outsideTransactions(
                server -> formatted(server, "DROP DATABASE IF EXISTS %1$I WITH (FORCE)", instance));
    }

    void grant(String instance, String account, Privilege privilege) {
        inside(instance, role(instance, account), privilege.statements());
    }

    /** Hands what the account owns to the server's owner and ends its sessions, so that its role can go. */
    void disown(String instance, String account) {
        String role = role(instance, account);
        inside(
                instance,
                role,
                List.of(
                        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = %1$L",
                        "REASSIGN OWNED BY %1$I TO CURRENT_USER", "DROP OWNED BY %1$I"));
    }

    private void inside(String instance, String role, List<String> statements) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setServerNames(new String[] {server.host()});
        source.setPortNumbers(new int[] {server.port()});
        source.setDatabaseName(instance);
        source.setUser(server.user());
        source.setPassword(server.password());
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            Transaction transaction = new Transaction(connection);
            statements.forEach(statement -> formatted(transaction, statement, role));
            connection.commit();
        } catch (SQLException e) {
            throw new IllegalStateException("The database of " + instance + " cannot be reached", e);
        }
    }

    private static void formatted(Transaction transaction, String statement, String name) {
        transaction.change(transaction
                .one("SELECT format(?, ?)", row -> row.getString(1), statement, name)
                .orElseThrow());
    }
}
