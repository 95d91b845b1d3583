package io.gyre.platform.postgres;

import io.gyre.platform.PlatformException;
import io.gyre.platform.PrivateFile;
import io.gyre.platform.process.ChildProcess;
import io.gyre.platform.process.ChildSpec;
import io.gyre.platform.process.ChildSpec.StopSignal;
import io.gyre.platform.process.Supervisor;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;

/** Starts a PostgreSQL server. */
public final class PostgresServer {

    /** A server that has to recover from a crash replays its log first; this one's log is small. */
    private static final Duration READY_WITHIN = Duration.ofSeconds(60);

    private static final Duration STOP_GRACE = Duration.ofSeconds(20);

    private static final String WRONG_PASSWORD = "28P01";

    private PostgresServer() {}

    /**
     * Starts the server as a child of this JVM and waits until it takes logins. Makes the data folder if it does not
     * exist; ends a server that an earlier platform left behind on it.
     *
     * @return the way in for its superuser
     * @throws PlatformException if the server does not start, or does not know the password of the password file
     */
    public static PostgresSuperuser start(Supervisor supervisor, PostgresSoftware software, PostgresPlan plan) {
        PostgresFolder.prepare(software, plan);
        PostgresSuperuser superuser = new PostgresSuperuser(
                "127.0.0.1", plan.port(), plan.superuser(), PrivateFile.password(plan.passwordFile()));
        ChildProcess child = supervisor.start(new ChildSpec(
                plan.name(),
                software.command("postgres", "-D", plan.data().toString()),
                Map.of(),
                plan.data(),
                plan.log(),
                StopSignal.INT,
                STOP_GRACE,
                plan.tier()));
        Supervisor.awaitReady(child, READY_WITHIN, () -> takesLogins(superuser, plan));
        return superuser;
    }

    private static boolean takesLogins(PostgresSuperuser superuser, PostgresPlan plan) {
        try (Connection connection = superuser.connect()) {
            return connection.isValid(1);
        } catch (SQLException e) {
            if (WRONG_PASSWORD.equals(e.getSQLState())) {
                throw new PlatformException(
                        plan.name() + " does not know the password in " + plan.passwordFile()
                                + ": put the file back that was made with " + plan.data() + ", or delete both.",
                        e);
            }
            return false;
        }
    }
}
