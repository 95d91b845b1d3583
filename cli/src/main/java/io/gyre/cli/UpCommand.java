package io.gyre.cli;

import io.gyre.cli.terminal.Console;
import io.gyre.cli.terminal.FactLines;
import io.gyre.cli.terminal.StartLines;
import io.gyre.platform.Home;
import io.gyre.platform.Platform;
import io.gyre.platform.PlatformPlan;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code gyre up}. */
@Command(
        name = "up",
        description = "Start every process of Gyre and stay until Ctrl-C, which stops them all. A later start finds its"
                + " data again.")
final class UpCommand implements Callable<Integer> {

    @Mixin
    private final StartOptions start = new StartOptions();

    @Option(
            names = "--speed",
            paramLabel = "N",
            description = "Let the calendar run N times as fast as the wall clock (default: ${DEFAULT-VALUE}).")
    private double speed = 1;

    @Option(names = "--detach", description = "Return once every process is healthy; ./gyre down stops them.")
    private boolean detach;

    /** How {@code --detach} runs this command a second time, as the process that stays. */
    @Option(names = Background.OPTION, hidden = true)
    private boolean background;

    @Override
    public Integer call() {
        Console out = Console.standard();
        Home home = Places.forUp(start.home);
        PlatformPlan plan = start.plan(home, speed);
        if (detach) {
            FactLines.write(Background.start(plan, out), out);
            out.line("  stop                ./gyre down" + (start.home == null ? "" : " --home " + start.home));
            return ExitStatus.DONE;
        }
        try (Platform platform = Platform.start(plan, new StartLines(out))) {
            if (!background) {
                FactLines.write(platform.facts(), out);
                out.line("Ctrl-C stops every process.");
            }
            throw platform.firstDeath().join();
        }
    }
}
