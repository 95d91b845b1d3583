package io.gyre.cli;

import io.gyre.cli.terminal.Console;
import io.gyre.platform.Home;
import io.gyre.platform.HomeLock;
import io.gyre.platform.PlatformException;
import io.gyre.platform.PlatformFacts;
import io.gyre.platform.PlatformPlan;
import io.gyre.platform.PlatformState;
import io.gyre.platform.PrivateFile;
import io.gyre.platform.process.LogTail;
import io.gyre.platform.process.OwnSession;
import io.gyre.platform.process.Poll;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code gyre up} as a process of its own, which stays when the command returns and writes to {@code logs/gyre.log}. */
final class Background {

    /** Makes the second process start the platform itself. */
    static final String OPTION = "--in-background";

    /** The start has its own limits, and says which process did not keep them. */
    private static final Duration LONGER_THAN_ANY_START = Duration.ofMinutes(10);

    private Background() {}

    /**
     * Starts it and shows what it writes until it is healthy.
     *
     * @throws PlatformException if it ends before, with its own last sentence
     */
    static PlatformFacts start(PlatformPlan plan, Console out) {
        Home home = new Home(plan.home());
        HomeLock.requireFree(home);
        Path log = home.log("gyre");
        PlatformState.forget(home);
        PrivateFile.folder(home.logs());
        PrivateFile.write(log, "");
        Process process = spawn(plan, log);
        Thread stopWithThisCommand = new Thread(process::destroy, "stop-background");
        Runtime.getRuntime().addShutdownHook(stopWithThisCommand);
        int[] shown = {0};
        Poll.until(LONGER_THAN_ANY_START, () -> {
            shown[0] = showMore(log, shown[0], out);
            return !process.isAlive() || healthyAfter(home).isPresent();
        });
        if (!process.isAlive()) {
            throw new PlatformException(LogTail.lines(log).stream()
                    .filter(line -> line.startsWith("gyre: "))
                    .reduce("gyre: The platform ended without a word; its log is " + log, (former, line) -> line)
                    .substring("gyre: ".length()));
        }
        Runtime.getRuntime().removeShutdownHook(stopWithThisCommand);
        return PlatformFacts.of(plan, healthyAfter(home).orElseThrow());
    }

    private static Optional<Duration> healthyAfter(Home home) {
        return PlatformState.of(home).flatMap(state -> Optional.ofNullable(state.healthyAfter()));
    }

    /** Progress only: the sentence of a failure is told once, by this command. */
    private static int showMore(Path log, int shown, Console out) {
        List<String> lines = LogTail.lines(log);
        // The last piece is what follows the last line's end.
        int whole = lines.size() - 1;
        for (int i = shown; i < whole; i++) {
            if (!lines.get(i).startsWith("gyre: ")) {
                out.line(lines.get(i));
            }
        }
        return Math.max(shown, whole);
    }

    private static Process spawn(PlatformPlan plan, Path log) {
        List<String> command = new ArrayList<>(OwnSession.prefix());
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(Main.class.getName());
        command.addAll(List.of(
                "up", OPTION, "--home=" + plan.home(), "--port-base=" + plan.portBase(), "--speed=" + plan.speed()));
        if (plan.traces() != null) {
            command.add("--traces=" + plan.traces());
        }
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectInput(new File("/dev/null"))
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
        } catch (IOException e) {
            throw new PlatformException(
                    "Cannot start a process of its own for the platform: " + e.getMessage() + ".", e);
        }
    }
}
