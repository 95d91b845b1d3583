package io.gyre.cli;

import io.gyre.cli.demo.Demo;
import io.gyre.cli.terminal.Console;
import io.gyre.cli.terminal.FactLines;
import io.gyre.cli.terminal.Figures;
import io.gyre.cli.terminal.StartLines;
import io.gyre.platform.Home;
import io.gyre.platform.Platform;
import io.gyre.platform.PlatformPlan;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code gyre demo}. */
@Command(
        name = "demo",
        description = "Start Gyre in an empty home, rotate secrets of every type, and prove each result by using the"
                + " credential. Stays up afterwards, until Ctrl-C.")
final class DemoCommand implements Callable<Integer> {

    @Mixin
    private final StartOptions start = new StartOptions();

    @Option(
            names = "--speed",
            paramLabel = "N",
            description = "How many times as fast as the wall clock the calendar runs (default: ${DEFAULT-VALUE}: 48"
                    + " hours pass in 24 seconds).")
    private double speed = 7200;

    @Option(names = "--exit", description = "End afterwards; exit status 0 only if every proof held.")
    private boolean exit;

    @Override
    public Integer call() {
        Console out = Console.standard();
        Home home = Places.forDemo(start.home);
        PlatformPlan plan = start.plan(home, speed);
        DemoHome.empty(home, out);
        try (Platform platform = Platform.start(plan, new StartLines(out))) {
            boolean held = Demo.run(platform.facts(), out);
            Figures.write(platform, out);
            if (exit) {
                return held ? ExitStatus.DONE : ExitStatus.FAILED;
            }
            FactLines.write(platform.facts(), out);
            out.line("Ctrl-C stops every process.");
            throw platform.firstDeath().join();
        }
    }
}
