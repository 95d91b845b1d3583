package io.gyre.benchmarks.schedules;

import com.zaxxer.hikari.HikariDataSource;
import io.gyre.benchmarks.server.Database;
import io.gyre.benchmarks.server.MeasuredPostgres;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** A scheduler that runs in this JVM, on a server of its own. */
abstract class OwnJvm implements Timetable {
    private final Contender contender;
    private final MeasuredPostgres server;
    private final Database database;
    private final HikariDataSource connections;
    private final int schedules;
    private final Begins begins;
    private int rounds;

    OwnJvm(
            Contender contender,
            MeasuredPostgres server,
            Database database,
            HikariDataSource connections,
            int schedules,
            Begins begins) {
        this.contender = contender;
        this.server = server;
        this.database = database;
        this.connections = connections;
        this.schedules = schedules;
        this.begins = begins;
    }

    /** The statement that lets every so manieth schedule, from this one on, come due. */
    abstract String comesDue(Instant at, int schedules, int step, int first);

    abstract void stop();

    @Override
    public final List<Double> comeDue(int due, Instant at) {
        begins.forget();
        int step = schedules / due;
        database.run(comesDue(at, schedules, step, 1 + rounds++ % step));
        return begins.after(contender.name(), due, at);
    }

    @Override
    public final Spent spent() {
        return new Spent(
                server.processorTime(),
                ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO));
    }

    @Override
    public final double liveHeap() {
        return LiveHeap.of(ProcessHandle.current().pid());
    }

    @Override
    public final void close() {
        try {
            stop();
        } finally {
            connections.close();
            server.close();
        }
    }
}
