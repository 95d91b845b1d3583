package io.gyre.examples.rds;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/** The PostgreSQL of an RDS instance. Each query logs in anew: a connection that is open would not notice a rotation. */
record Database(String host, int port) {
    void query(Account account) throws SQLException {
        Properties login = new Properties();
        login.setProperty("user", account.name());
        login.setProperty("password", account.password());
        login.setProperty("connectTimeout", "10");
        login.setProperty("socketTimeout", "10");
        try (Connection connection =
                        DriverManager.getConnection("jdbc:postgresql://" + host + ":" + port + "/postgres", login);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT now()")) {
            if (!row.next()) {
                throw new SQLException("PostgreSQL answered nothing.");
            }
        }
    }
}
