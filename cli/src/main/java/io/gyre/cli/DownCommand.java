package io.gyre.cli;

import io.gyre.cli.terminal.Console;
import io.gyre.cli.terminal.Words;
import io.gyre.platform.Home;
import io.gyre.platform.HomeLock;
import io.gyre.platform.PlatformException;
import io.gyre.platform.process.ChildSpec.StopSignal;
import io.gyre.platform.process.Signals;
import io.gyre.platform.process.Supervisor;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code gyre down}. */
@Command(name = "down", description = "Stop every process that ./gyre up or ./gyre demo started. The data stays.")
final class DownCommand implements Callable<Integer> {

    /** The graces of all tiers, one after the other. */
    private static final Duration GRACE = Duration.ofSeconds(90);

    @Option(names = "--home", paramLabel = "FOLDER", description = "Of the platform that was started with this home.")
    @Nullable
    private Path home;

    @Override
    public Integer call() {
        Console out = Console.standard();
        Home meant = Places.inUse(home);
        Optional<ProcessHandle> holder = HomeLock.holder(meant);
        if (holder.isEmpty()) {
            List<String> ended = Supervisor.endLeftovers(meant.run());
            out.line(
                    ended.isEmpty()
                            ? "Nothing runs in " + meant.folder() + "."
                            : "Stopped what a killed platform had left behind: " + String.join(", ", ended) + ".");
            return ExitStatus.DONE;
        }
        out.line("Stopping the platform in " + meant.folder() + " (process "
                + holder.get().pid() + ").");
        long begin = System.nanoTime();
        if (!Signals.end(holder.get(), StopSignal.TERM, GRACE)) {
            throw new PlatformException("Process " + holder.get().pid() + " did not stop within " + GRACE.toSeconds()
                    + " s and was killed; what it had started is ended with it.");
        }
        out.line("Stopped after " + Words.seconds(Duration.ofNanos(System.nanoTime() - begin)) + ".");
        return ExitStatus.DONE;
    }
}
