package io.gyre.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.gyre.platform.PlatformException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/** Logins to an RDS instance, as a program makes them. */
record DatabaseLogin(String host, int port) {
    private static final String WRONG_PASSWORD = "28P01";

    /**
     * @param credential with AccountName and AccountPassword
     * @throws PlatformException if the database answered neither yes nor no
     */
    boolean letsIn(JsonNode credential) {
        return letsIn(
                credential.path("AccountName").asText(),
                credential.path("AccountPassword").asText());
    }

    boolean letsIn(String account, String password) {
        Properties login = new Properties();
        login.setProperty("user", account);
        login.setProperty("password", password);
        login.setProperty("connectTimeout", "5");
        try (Connection connection =
                DriverManager.getConnection("jdbc:postgresql://" + host + ":" + port + "/postgres", login)) {
            return connection.isValid(5);
        } catch (SQLException e) {
            if (WRONG_PASSWORD.equals(e.getSQLState())) {
                return false;
            }
            throw new PlatformException("the database answered neither yes nor no: SQLSTATE " + e.getSQLState());
        }
    }
}
