package io.gyre.platform.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gyre.platform.postgres.PostgresSuperuser.Privileges;
import io.gyre.platform.process.LoopbackPort;
import io.gyre.platform.process.Poll;
import io.gyre.platform.process.Supervisor;
import io.gyre.secret.SecretText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresPromisesTest {

    private static final SecretText FIRST = SecretText.of("first-Passw0rd");
    private static final SecretText SECOND = SecretText.of("second-Passw0rd");

    @TempDir
    Path home;

    private final PostgresSoftware software =
            PostgresSoftware.in(Path.of("target", "test-platform", "software").toAbsolutePath());
    private PostgresPlan plan;
    private Supervisor supervisor;
    private PostgresSuperuser server;

    @BeforeEach
    void start() {
        plan = new PostgresPlan(
                "postgres",
                home.resolve("data"),
                home.resolve("postgres.log"),
                LoopbackPort.anyFree(),
                "platform",
                home.resolve("password"),
                20,
                0);
        supervisor = Supervisor.in(home.resolve("run"));
        server = PostgresServer.start(supervisor, software, plan);
    }

    @AfterEach
    void stop() {
        supervisor.close();
    }

    @Test
    void theServerHasNoWayInBesideTheLoopbackAddress() throws Exception {
        try (Connection connection = server.connect()) {
            assertEquals("127.0.0.1", show(connection, "listen_addresses"));
            assertEquals("", show(connection, "unix_socket_directories"));
        }
        assertFalse(Files.readString(plan.data().resolve("pg_hba.conf")).contains("trust"));
    }

    @Test
    void aRoleDeclaredAgainHasItsNewPasswordAndNotItsOld() throws Exception {
        server.declareRole("app", FIRST, Privileges.ORDINARY);
        server.declareRole("app", SECOND, Privileges.ORDINARY);
        server.declareDatabase("app", "app");

        login("app", SECOND.reveal()).close();
        assertEquals("28P01", refusal("app", FIRST.reveal()));
    }

    @Test
    void passwordsReachNoLogAlsoWhenAStatementFails() throws Exception {
        server.declareRole("app", FIRST, Privileges.ORDINARY);
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            assertThrows(SQLException.class, () -> statement.execute("CREATE ROLE app PASSWORD 'leaks-Passw0rd'"));
        }
        supervisor.close();

        String log = Files.readString(plan.log());
        assertFalse(log.contains("Passw0rd"), log);
    }

    @Test
    void whatWasAcknowledgedSurvivesAKilledServer() throws Exception {
        declareAppWithATable();
        ProcessHandle postmaster = supervisor.children().get(0).handle();
        var sessions = postmaster.descendants().toList();
        postmaster.destroyForcibly();
        assertTrue(Poll.until(
                Duration.ofSeconds(20),
                () -> sessions.stream().noneMatch(ProcessHandle::isAlive) && !postmaster.isAlive()));

        restart();

        try (Connection connection = login("app", FIRST.reveal())) {
            assertEquals("kept", onlyValue(connection, "SELECT word FROM note"));
        }
    }

    @Test
    void aServerThatWasLeftBehindOnTheFolderIsEndedFirst() throws Exception {
        declareAppWithATable();
        ProcessHandle leftBehind = supervisor.children().get(0).handle();

        // Another supervisor that has no record of the first one's processes.
        try (Supervisor next = Supervisor.in(home.resolve("run-of-another"))) {
            var unused = PostgresServer.start(next, software, plan);

            assertFalse(leftBehind.isAlive());
            try (Connection connection = login("app", FIRST.reveal())) {
                assertEquals("kept", onlyValue(connection, "SELECT word FROM note"));
            }
        }
    }

    private void declareAppWithATable() throws SQLException {
        server.declareRole("app", FIRST, Privileges.ORDINARY);
        server.declareDatabase("app", "app");
        try (Connection connection = login("app", FIRST.reveal());
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE note (word text)");
            statement.execute("INSERT INTO note VALUES ('kept')");
        }
    }

    private void restart() {
        supervisor.close();
        supervisor = Supervisor.in(home.resolve("run"));
        server = PostgresServer.start(supervisor, software, plan);
    }

    private Connection login(String role, String password) throws SQLException {
        String database = role.equals("app") ? "app" : "postgres";
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + plan.port() + "/" + database, role, password);
    }

    private String refusal(String role, String password) {
        return assertThrows(SQLException.class, () -> login(role, password).close())
                .getSQLState();
    }

    private static String show(Connection connection, String setting) throws SQLException {
        return onlyValue(connection, "SHOW " + setting);
    }

    private static String onlyValue(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            assertTrue(rows.next());
            return rows.getString(1);
        }
    }
}
