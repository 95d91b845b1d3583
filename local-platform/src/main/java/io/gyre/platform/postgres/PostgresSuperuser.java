package io.gyre.platform.postgres;

import io.gyre.platform.PlatformException;
import io.gyre.secret.SecretText;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.postgresql.Driver;
import org.postgresql.PGConnection;

/**
 * A superuser's way into a PostgreSQL server, to declare roles and databases there.
 *
 * @param host name or address
 * @param role the superuser
 */
public record PostgresSuperuser(String host, int port, String role, SecretText password) {

    /** What a role may do. */
    public enum Privileges {
        /** Nothing beyond the databases it owns. */
        ORDINARY,
        /** Everything. */
        SUPERUSER
    }

    /**
     * Opens a session; gives up after two seconds if nobody answers.
     *
     * @throws SQLException with state 28P01 if the password is wrong
     */
    Connection connect() throws SQLException {
        Properties login = new Properties();
        login.setProperty("user", role);
        login.setProperty("password", password.reveal());
        login.setProperty("connectTimeout", "2");
        login.setProperty("ApplicationName", "gyre-platform");
        // Not by DriverManager, which finds no driver if another class loader of this JVM asked it first.
        return new Driver().connect("jdbc:postgresql://" + host + ":" + port + "/postgres", login);
    }

    /**
     * Makes the role if it does not exist; in any case it has this password afterwards. The password is hashed here: no
     * statement, and so no log of the server, ever holds it.
     *
     * @throws PlatformException if the server refuses, with its words
     */
    public void declareRole(String name, SecretText itsPassword, Privileges privileges) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            String quoted = statement.enquoteIdentifier(name, true);
            if (!exists(connection, "SELECT 1 FROM pg_roles WHERE rolname = ?", name)) {
                statement.execute("CREATE ROLE " + quoted + " LOGIN");
            }
            statement.execute(
                    "ALTER ROLE " + quoted + (privileges == Privileges.SUPERUSER ? " SUPERUSER" : " NOSUPERUSER"));
            connection
                    .unwrap(PGConnection.class)
                    .alterUserPassword(name, itsPassword.reveal().toCharArray(), "scram-sha-256");
        } catch (SQLException e) {
            throw refused("the role " + name, e);
        }
    }

    /**
     * Makes the database if it does not exist.
     *
     * @throws PlatformException if the server refuses, with its words
     */
    public void declareDatabase(String name, String owner) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            if (!exists(connection, "SELECT 1 FROM pg_database WHERE datname = ?", name)) {
                statement.execute("CREATE DATABASE " + statement.enquoteIdentifier(name, true) + " OWNER "
                        + statement.enquoteIdentifier(owner, true));
            }
        } catch (SQLException e) {
            throw refused("the database " + name, e);
        }
    }

    private static boolean exists(Connection connection, String query, String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, name);
            return statement.executeQuery().next();
        }
    }

    private PlatformException refused(String what, SQLException cause) {
        return new PlatformException(
                "PostgreSQL at " + host + ":" + port + " did not make " + what + ": " + cause.getMessage() + ".",
                cause);
    }
}
