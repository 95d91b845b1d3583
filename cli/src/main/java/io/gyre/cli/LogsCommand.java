package io.gyre.cli;

import io.gyre.cli.terminal.Console;
import io.gyre.cli.terminal.LogFollower;
import io.gyre.platform.Home;
import io.gyre.platform.PlatformException;
import io.gyre.platform.PlatformPlan;
import io.gyre.platform.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gyre logs}. */
@Command(name = "logs", description = "Show what the processes wrote, of all or of one.")
final class LogsCommand implements Callable<Integer> {

    private static final String SUFFIX = ".log";

    @Parameters(
            arity = "0..1",
            paramLabel = "PROCESS",
            completionCandidates = Processes.class,
            description = "For example api-service; ./gyre status lists them.")
    @Nullable
    private String process;

    @Option(
            names = {"-f", "--follow"},
            description = "Go on with what they write, until Ctrl-C.")
    private boolean follow;

    @Option(names = "--home", paramLabel = "FOLDER", description = "Of the platform that was started with this home.")
    @Nullable
    private Path home;

    /** For completion; a platform may have more workers. */
    static final class Processes implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return new Ports(PlatformPlan.DEFAULT_PORT_BASE, PlatformPlan.DEFAULT_WORKERS)
                    .main()
                    .keySet()
                    .iterator();
        }
    }

    @Override
    public Integer call() {
        Console out = Console.standard();
        Home meant = Places.inUse(home);
        LogFollower follower = new LogFollower(chosen(meant), out);
        follower.showNew();
        if (follow) {
            follower.followUntilInterrupted();
        }
        return ExitStatus.DONE;
    }

    private List<Path> chosen(Home meant) {
        List<Path> logs = logs(meant);
        if (process == null) {
            return logs;
        }
        Path one = meant.log(process);
        if (!logs.contains(one)) {
            throw new PlatformException("There is no log of \"" + process + "\" in " + meant.logs() + ": choose among "
                    + String.join(", ", logs.stream().map(LogFollower::process).toList()) + ".");
        }
        return List.of(one);
    }

    private static List<Path> logs(Home meant) {
        try (Stream<Path> files = Files.list(meant.logs())) {
            return files.filter(file -> file.toString().endsWith(SUFFIX))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new PlatformException(
                    "There are no logs in " + meant.logs() + ": nothing was started with this home yet.", e);
        }
    }
}
