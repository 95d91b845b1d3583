package io.gyre.examples;

import io.gyre.platform.PlatformException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gyre example}. */
@Command(
        name = "gyre example",
        description = {
            "A program that uses a credential all the time while it is rotated every few seconds, on the platform that ./gyre up has"
                    + " started.",
            "It makes what checks the credential at the simulated cloud, and a secret for it, both of which stay, and reads the"
                    + " secret by Alibaba's published caching client. Ctrl-C ends it with a summary."
        },
        footer = {"", "Exit status: 0 if nothing failed, else 1; 130 after Ctrl-C."})
final class Main implements Callable<Integer> {
    private static final PrintStream OUT = System.out;

    @Parameters(
            arity = "0..1",
            paramLabel = "rds|ram|ecs",
            description =
                    "rds queries PostgreSQL (default), ram signs calls with an AccessKey and needs a platform whose calendar is"
                            + " fast (./gyre up --speed 7200), ecs logs in over SSH.")
    private Kind kind = Kind.RDS;

    @Option(names = "--home", paramLabel = "FOLDER", description = "Of the platform that was started with this home.")
    private @Nullable Path home;

    @Option(
            names = "--every",
            paramLabel = "SECONDS",
            description = "How long after a rotation the next one is asked for, 2 or more (default: ${DEFAULT-VALUE}).")
    private int every = 5;

    @Option(
            names = "--credentials",
            paramLabel = "N",
            description = "End by itself once so many credentials of each secret were used (default: never).")
    private int credentials = Integer.MAX_VALUE;

    @Option(
            names = "--web",
            description = "Show the plot as a page on this machine, whose address is printed, not in the terminal.")
    private boolean web;

    @Option(names = "--web-port", paramLabel = "PORT", description = "Of that page (default: one that is free).")
    private int webPort;

    @Option(names = "--help", usageHelp = true, description = "Show this and end.")
    boolean help;

    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile @Nullable LivePage page;
    private final AtomicBoolean summarised = new AtomicBoolean();

    /** Ends the JVM with the status that the help documents. */
    public static void main(String[] arguments) {
        // The clients log as if they were servers.
        Logger.getLogger("").setLevel(Level.OFF);
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        CommandLine line = new CommandLine(new Main()).setCaseInsensitiveEnumValuesAllowed(true);
        line.setParameterExceptionHandler((wrong, given) -> {
            String sentence = String.valueOf(wrong.getMessage()).replaceFirst("[.:]$", "");
            System.err.println("gyre: " + sentence + ". ./gyre example --help tells what there is.");
            return CommandLine.ExitCode.USAGE;
        });
        line.setExecutionExceptionHandler((failure, failed, parsed) -> {
            System.err.println("gyre: " + failure.getMessage());
            return 1;
        });
        return line;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (every < 2) {
            throw new PlatformException(
                    "--every " + every + " is too often: a rotation takes a few seconds, choose 2 or more.");
        }
        Place place = Place.ofHome(home);
        Story story = kind.story();
        OUT.println("Making " + story.told() + ", where they are absent …");
        Example example = Example.start(place, story, Duration.ofSeconds(every));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(example), "summary"));
        OUT.println("Rotated every " + every
                + " s, or as soon as the rotation before has ended. The programs use each"
                + " secret all the time. Ctrl-C ends it.");
        OUT.println();
        if (web) {
            LivePage served = LivePage.serve(example::shown, webPort);
            page = served;
            OUT.println("Watch it at " + served.address());
            awaitEnd(example, () -> {});
        } else {
            awaitEnd(example, new Terminal(OUT, example.lanes(), every)::draw);
        }
        end(example);
        return example.failed() == 0 ? 0 : 1;
    }

    private void awaitEnd(Example example, Runnable everySecond) throws InterruptedException {
        while (!example.hasUsed(credentials)) {
            if (ended.await(1, TimeUnit.SECONDS)) {
                return;
            }
            everySecond.run();
        }
    }

    private void end(Example example) {
        if (summarised.getAndSet(true)) {
            return;
        }
        example.close();
        LivePage served = page;
        if (served != null) {
            served.close();
        }
        ended.countDown();
        OUT.println();
        for (Lane lane : example.lanes()) {
            Plot.summary(lane.use(), lane.tally().sum()).forEach(OUT::println);
        }
    }
}
