package io.gyre.platform.process;

import io.gyre.platform.process.ChildSpec.StopSignal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** A program that supervises one child until it is killed: {@code KilledSupervisor folder}. */
final class KilledSupervisor {

    private KilledSupervisor() {}

    public static void main(String[] arguments) throws InterruptedException {
        Path folder = Path.of(arguments[0]);
        Supervisor supervisor = Supervisor.in(folder.resolve("run"));
        ChildProcess child = supervisor.start(new ChildSpec(
                "child",
                JavaCommand.ofClass(Waiting.class.getName(), 16),
                Map.of(),
                folder,
                folder.resolve("child.log"),
                StopSignal.TERM,
                Duration.ofSeconds(5),
                0));
        System.out.println(child.pid());
        Thread.currentThread().join();
    }

    /** A child that has no reason of its own to end. */
    static final class Waiting {

        private Waiting() {}

        public static void main(String[] arguments) throws InterruptedException {
            Thread.currentThread().join();
        }
    }
}
