package io.gyre.benchmarks.schedules;

import io.gyre.benchmarks.server.MeasuredPostgres;
import java.time.Duration;

/** What is measured of a scheduler that runs in this JVM. */
final class OwnJvm {
    private OwnJvm() {}

    static Timetable.Spent spent(MeasuredPostgres server) {
        return new Timetable.Spent(
                server.processorTime(),
                ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO));
    }

    static double liveHeap() {
        return LiveHeap.of(ProcessHandle.current().pid());
    }
}
