package io.gyre.examples.rds;

import io.gyre.examples.Application;
import io.gyre.examples.Credential;
import io.gyre.examples.Refused;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/** Queries the PostgreSQL of an RDS instance. Each logs in anew: a connection that is open would not notice a rotation. */
record Queries(String host, int port) implements Application {
    /** The SQLSTATEs of a login that was turned away begin so. */
    private static final String TURNED_AWAY = "28";

    @Override
    public void use(Credential account) throws SQLException, Refused {
        Properties login = new Properties();
        login.setProperty("user", name(account));
        login.setProperty("password", account.field("AccountPassword"));
        login.setProperty("connectTimeout", "10");
        login.setProperty("socketTimeout", "10");
        try (Connection connection =
                        DriverManager.getConnection("jdbc:postgresql://" + host + ":" + port + "/postgres", login);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT now()")) {
            if (!row.next()) {
                throw new SQLException("PostgreSQL answered nothing.");
            }
        } catch (SQLException e) {
            String state = String.valueOf(e.getSQLState());
            if (state.startsWith(TURNED_AWAY)) {
                throw new Refused("PostgreSQL refused account " + name(account) + " of version " + account.versionId()
                        + ": SQLSTATE " + state + ".");
            }
            throw e;
        }
    }

    @Override
    public String name(Credential account) {
        return account.field("AccountName");
    }
}
