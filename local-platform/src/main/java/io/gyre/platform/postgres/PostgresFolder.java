package io.gyre.platform.postgres;

import io.gyre.platform.PlatformException;
import io.gyre.platform.PrivateFile;
import io.gyre.platform.process.ChildSpec.StopSignal;
import io.gyre.platform.process.ShortCommand;
import io.gyre.platform.process.Signals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** A server's data folder before the server runs: made, configured, and free of a server that was left behind. */
final class PostgresFolder {

    /** A server that was killed with its sessions ends within moments; one that writes a large checkpoint takes longer. */
    private static final Duration LEFTOVER_GRACE = Duration.ofSeconds(15);

    /** Its file tells the start in whole seconds, and so, roughly, does the operating system. */
    private static final Duration SAME_START = Duration.ofSeconds(5);

    /** Every login gives its password, over whatever way it comes. */
    private static final String HOST_BASED_AUTHENTICATION = """
            # TYPE  DATABASE     USER  ADDRESS       METHOD
            local   all          all                 scram-sha-256
            host    all          all   127.0.0.1/32  scram-sha-256
            """;

    private PostgresFolder() {}

    /**
     * @throws PlatformException if the folder cannot be made, or belongs to another release of PostgreSQL
     */
    static void prepare(PostgresSoftware software, PostgresPlan plan) {
        if (Files.exists(plan.data().resolve("PG_VERSION"))) {
            endLeftover(plan);
        } else {
            initialise(software, plan);
        }
        PrivateFile.write(plan.data().resolve("pg_hba.conf"), HOST_BASED_AUTHENTICATION);
        PrivateFile.write(plan.data().resolve("postgresql.conf"), configuration(plan));
    }

    /** The folder gets its name when it is whole, so that an interrupted start leaves no half of one. */
    private static void initialise(PostgresSoftware software, PostgresPlan plan) {
        PrivateFile.folder(plan.data().resolveSibling(""));
        Path unfinished = plan.data().resolveSibling(plan.data().getFileName() + ".unfinished");
        PrivateFile.deleteTree(unfinished);
        var unused = PrivateFile.password(plan.passwordFile());
        ShortCommand.Outcome outcome = ShortCommand.run(software.command(
                "initdb",
                "--pgdata=" + unfinished,
                "--username=" + plan.superuser(),
                "--pwfile=" + plan.passwordFile(),
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8"));
        if (!outcome.succeeded()) {
            throw new PlatformException("Cannot make the data folder of " + plan.name() + ", " + plan.data()
                    + ": initdb says: " + outcome.complaint() + "." + PrivateFile.remedyIfFull(outcome.complaint()));
        }
        try {
            Files.move(unfinished, plan.data(), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw PrivateFile.cannotWrite(plan.data(), e);
        }
    }

    /**
     * Written anew at each start, over the defaults that initdb chose for a large server. Few and small processes: the
     * platform shares a machine with the work of a person. No statement reaches the log, since it may hold a password.
     */
    private static String configuration(PostgresPlan plan) {
        return """
                listen_addresses = '127.0.0.1'
                port = %d
                unix_socket_directories = ''
                password_encryption = 'scram-sha-256'
                cluster_name = '%s'

                # What was acknowledged survives a crash.
                fsync = on
                synchronous_commit = on
                full_page_writes = on

                max_connections = %d
                shared_buffers = %dMB
                wal_buffers = 1MB
                max_wal_size = 256MB
                min_wal_size = 32MB
                wal_level = minimal
                max_wal_senders = 0
                io_method = sync
                max_worker_processes = 2
                max_logical_replication_workers = 0
                max_parallel_workers_per_gather = 0
                autovacuum_max_workers = 1
                autovacuum_work_mem = 8MB
                maintenance_work_mem = 16MB
                jit = off

                timezone = 'UTC'
                log_timezone = 'UTC'
                lc_messages = 'C'
                log_statement = 'none'
                log_min_error_statement = 'panic'
                log_min_duration_statement = -1
                log_parameter_max_length = 0
                log_parameter_max_length_on_error = 0
                """.formatted(plan.port(), plan.name(), plan.maxConnections(), plan.bufferMebibytes());
    }

    /** Two servers on one folder would destroy it, so PostgreSQL refuses to start beside one that was left behind. */
    private static void endLeftover(PostgresPlan plan) {
        Path file = plan.data().resolve("postmaster.pid");
        if (!Files.exists(file)) {
            return;
        }
        try {
            List<String> lines = Files.readAllLines(file);
            long pid = Long.parseLong(lines.get(0).strip());
            Instant startedAt =
                    Instant.ofEpochSecond(Long.parseLong(lines.get(2).strip()));
            ProcessHandle.of(pid)
                    .filter(process -> isTheServer(process, startedAt))
                    .ifPresent(process -> Signals.end(process, StopSignal.INT, LEFTOVER_GRACE));
        } catch (IOException | NumberFormatException | IndexOutOfBoundsException e) {
            // A file that the server did not finish belongs to a server that does not run; PostgreSQL judges it itself.
            return;
        }
    }

    private static boolean isTheServer(ProcessHandle process, Instant startedAt) {
        boolean isPostgres = process.info()
                .command()
                .filter(path -> path.endsWith("/postgres"))
                .isPresent();
        return isPostgres
                && process.info()
                        .startInstant()
                        .filter(instant ->
                                Duration.between(startedAt, instant).abs().compareTo(SAME_START) <= 0)
                        .isPresent();
    }
}
