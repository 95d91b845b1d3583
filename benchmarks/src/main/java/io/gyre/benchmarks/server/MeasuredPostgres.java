package io.gyre.benchmarks.server;

import io.gyre.benchmarks.Bench;
import io.gyre.platform.Home;
import io.gyre.platform.PlatformException;
import io.gyre.platform.PlatformPlan;
import io.gyre.platform.PrivateFile;
import io.gyre.platform.postgres.PostgresPlan;
import io.gyre.platform.postgres.PostgresServer;
import io.gyre.platform.postgres.PostgresSoftware;
import io.gyre.platform.postgres.PostgresSuperuser;
import io.gyre.platform.postgres.PostgresSuperuser.Privileges;
import io.gyre.platform.process.Supervisor;
import io.gyre.secret.SecretText;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/** One server for all contenders: that of the local platform, with the memory that PostgreSQL takes by default. */
public final class MeasuredPostgres implements AutoCloseable {
    private static final String OWNER = "bench";

    /** Room for the largest pool of a contender, twice. */
    private static final int SESSIONS = 120;

    private final Supervisor supervisor;
    private final PostgresSuperuser superuser;
    private final SecretText ownersPassword = SecretText.of(PrivateFile.randomText(24));
    private final Path log;
    private int databases;

    private MeasuredPostgres(Supervisor supervisor, PostgresSuperuser superuser, Path log) {
        this.log = log;
        this.supervisor = supervisor;
        this.superuser = superuser;
    }

    /**
     * Starts it with an empty data folder.
     *
     * @throws PlatformException if it does not start, or if it would acknowledge what a crash can lose
     */
    public static MeasuredPostgres start(Bench bench) {
        Path folder = bench.home().resolve("server");
        PrivateFile.deleteTree(folder);
        Home home = new Home(folder);
        var unused = PrivateFile.folder(folder.resolve("secrets"));
        PlatformPlan plan = new PlatformPlan(folder, bench.checkout(), bench.build(), bench.portBase(), 1);
        Supervisor supervisor = Supervisor.in(home.run());
        try {
            PostgresSuperuser superuser = PostgresServer.start(
                    supervisor,
                    PostgresSoftware.in(plan.software()),
                    new PostgresPlan(
                                    "postgres",
                                    home.data("postgres"),
                                    home.log("postgres"),
                                    plan.ports().postgres(),
                                    "platform",
                                    home.secret("postgres"),
                                    SESSIONS,
                                    0)
                            .withUsualBuffers());
            MeasuredPostgres server = new MeasuredPostgres(supervisor, superuser, home.log("postgres"));
            server.requireDurability();
            superuser.declareRole(OWNER, server.ownersPassword, Privileges.ORDINARY);
            return server;
        } catch (RuntimeException e) {
            supervisor.close();
            throw e;
        }
    }

    private void requireDurability() {
        for (String setting : new String[] {"synchronous_commit", "fsync", "full_page_writes"}) {
            String value = administration().ask("SHOW " + setting);
            if (!value.equals("on")) {
                throw new PlatformException("PostgreSQL runs with " + setting + "=" + value
                        + ": what it acknowledges could be lost, so nothing is measured on it.");
            }
        }
    }

    /** An empty database, with nothing of the former one still to be written to disk. */
    public Database freshDatabase() {
        databases++;
        String name = "bench_" + databases;
        superuser.declareDatabase(name, OWNER);
        administration().run("CHECKPOINT");
        return new Database(superuser.host(), superuser.port(), name, OWNER, ownersPassword);
    }

    /** Nobody may be connected to it any more. */
    public void drop(Database database) {
        administration().run("DROP DATABASE " + database.name() + " WITH (FORCE)");
    }

    /** Writes to disk what is only in the log so far, so that no contender pays for another one. */
    public void checkpoint() {
        administration().run("CHECKPOINT");
    }

    /** The processor time that the server's processes have taken so far. */
    public Duration processorTime() {
        return supervisor.children().stream()
                .flatMap(child ->
                        Stream.concat(Stream.of(child.handle()), child.handle().descendants()))
                .map(process -> process.info().totalCpuDuration().orElse(Duration.ZERO))
                .reduce(Duration.ZERO, Duration::plus);
    }

    /**
     * From now on, sessions of this database write each statement that takes any time with its plan, its time and the pages
     * that it read into the server's log.
     */
    public Path explainInto(Database database) {
        String alter = "ALTER DATABASE " + database.name() + " SET ";
        administration().run(alter + "session_preload_libraries = 'auto_explain'");
        administration().run(alter + "auto_explain.log_min_duration = 0");
        administration().run(alter + "auto_explain.log_analyze = on");
        administration().run(alter + "auto_explain.log_buffers = on");
        administration().run(alter + "auto_explain.log_timing = off");
        return log;
    }

    /** For example 18.6. */
    public String version() {
        return administration().ask("SHOW server_version");
    }

    private Database administration() {
        return new Database(superuser.host(), superuser.port(), "postgres", superuser.role(), superuser.password());
    }

    @Override
    public void close() {
        supervisor.close();
    }
}
