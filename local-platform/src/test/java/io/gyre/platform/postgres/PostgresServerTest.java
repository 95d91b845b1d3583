package io.gyre.platform.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gyre.platform.PrivateFile;
import io.gyre.platform.postgres.PostgresSuperuser.Privileges;
import io.gyre.platform.process.LoopbackPort;
import io.gyre.platform.process.Supervisor;
import io.gyre.secret.SecretText;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresServerTest {

    private static final String WRONG_PASSWORD = "28P01";
    private static final SecretText PASSWORD = SecretText.of("right-password");

    @TempDir
    private Path folder;

    @Test
    void aWrongPasswordIsRefusedAlsoFromTheSameMachine() {
        try (Supervisor supervisor = Supervisor.in(folder.resolve("run"))) {
            PostgresSuperuser server = start(supervisor);
            server.declareRole("gyre", PASSWORD, Privileges.ORDINARY);
            server.declareDatabase("gyre", "gyre");
            assertRefused(server.port(), "gyre", "wrong-password");
            assertRefused(server.port(), server.role(), PASSWORD.reveal());
        }
    }

    @Test
    void whatWasWrittenIsThereAfterARestart() throws Exception {
        try (Supervisor supervisor = Supervisor.in(folder.resolve("run"))) {
            PostgresSuperuser server = start(supervisor);
            server.declareRole("gyre", PASSWORD, Privileges.ORDINARY);
            server.declareDatabase("gyre", "gyre");
            try (Connection connection = login(server.port(), "gyre", PASSWORD.reveal())) {
                connection.createStatement().execute("CREATE TABLE kept AS SELECT 42 AS answer");
            }
        }
        try (Supervisor supervisor = Supervisor.in(folder.resolve("run"));
                Connection connection = login(start(supervisor).port(), "gyre", PASSWORD.reveal());
                ResultSet kept = connection.createStatement().executeQuery("SELECT answer FROM kept")) {
            assertTrue(kept.next());
            assertEquals(42, kept.getInt(1));
        }
    }

    @Test
    void aPasswordFileThatWasExchangedIsToldInOneSentence() {
        try (Supervisor supervisor = Supervisor.in(folder.resolve("run"))) {
            start(supervisor);
        }
        PrivateFile.write(folder.resolve("password"), "of-another-server\n");
        try (Supervisor supervisor = Supervisor.in(folder.resolve("run"))) {
            Exception refusal = assertThrows(RuntimeException.class, () -> start(supervisor));
            String message = String.valueOf(refusal.getMessage());
            assertTrue(message.startsWith("postgres does not know the password in "), message);
        }
    }

    private PostgresSuperuser start(Supervisor supervisor) {
        PostgresPlan plan = new PostgresPlan(
                "postgres",
                folder.resolve("data"),
                folder.resolve("postgres.log"),
                LoopbackPort.anyFree(),
                "platform",
                folder.resolve("password"),
                10,
                0);
        Path software = Path.of("target", "test-platform", "software").toAbsolutePath();
        return PostgresServer.start(supervisor, PostgresSoftware.in(software), plan);
    }

    private static void assertRefused(int port, String user, String password) {
        SQLException refusal = assertThrows(SQLException.class, () -> login(port, user, password));
        assertEquals(WRONG_PASSWORD, refusal.getSQLState());
    }

    private static Connection login(int port, String user, String password) throws SQLException {
        String database = user.equals("gyre") ? "gyre" : "postgres";
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/" + database, user, password);
    }
}
