package io.gyre.examples.rds;

import io.gyre.platform.Home;
import io.gyre.platform.PlatformException;
import io.gyre.platform.PlatformFacts;
import io.gyre.platform.PlatformPlan;
import io.gyre.platform.PlatformState;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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

/** {@code gyre example}. */
@Command(
        name = "gyre example",
        description = {
            "A program that queries PostgreSQL all the time while the password that it needs is rotated every few seconds, on the"
                    + " platform that ./gyre up has started.",
            "It makes an RDS instance with two accounts at the simulated cloud and a secret for them, both of which stay, and"
                    + " reads the secret by Alibaba's published caching client. Ctrl-C ends it with a summary."
        },
        footer = {"", "Exit status: 0 if no query failed, else 1; 130 after Ctrl-C."})
final class Main implements Callable<Integer> {
    private static final String SECRET = "example/orders";
    private static final PrintStream OUT = System.out;

    @Option(names = "--home", paramLabel = "FOLDER", description = "Of the platform that was started with this home.")
    private @Nullable Path home;

    @Option(
            names = "--every",
            paramLabel = "SECONDS",
            description = "How long after a rotation the next one is asked for, 2 or more (default: ${DEFAULT-VALUE}).")
    private int every = 5;

    @Option(
            names = "--passwords",
            paramLabel = "N",
            description = "End by itself once so many passwords were used (default: never).")
    private int passwords = Integer.MAX_VALUE;

    @Option(names = "--help", usageHelp = true, description = "Show this and end.")
    boolean help;

    private final CountDownLatch ended = new CountDownLatch(1);
    private final AtomicBoolean summarised = new AtomicBoolean();

    /** Ends the JVM with the status that the help documents. */
    public static void main(String[] arguments) {
        // The clients log as if they were servers.
        Logger.getLogger("").setLevel(Level.OFF);
        CommandLine line = new CommandLine(new Main());
        line.setExecutionExceptionHandler((failure, failed, parsed) -> {
            System.err.println("gyre: " + failure.getMessage());
            return 1;
        });
        System.exit(line.execute(arguments));
    }

    @Override
    public Integer call() throws InterruptedException {
        if (every < 2) {
            throw new PlatformException(
                    "--every " + every + " is too often: a rotation takes a few seconds, choose 2 or more.");
        }
        Place place = Place.of(facts());
        OUT.println("Making an RDS instance with two accounts, and the secret " + SECRET + ", where they are absent …");
        Example example = Example.start(place, SECRET, Duration.ofSeconds(every));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(example), "summary"));
        OUT.println(SECRET + " is rotated every " + every
                + " s. Four threads log in and query all the time. Ctrl-C ends it.");
        OUT.println();
        show(example);
        end(example);
        return example.tally().sum().failed() == 0 ? 0 : 1;
    }

    private PlatformFacts facts() {
        Path checkout = Path.of(System.getProperty("gyre.checkout", "")).toAbsolutePath();
        Path folder = home == null ? checkout.resolve(".gyre").resolve("up") : home.toAbsolutePath();
        PlatformState state = PlatformState.of(new Home(folder))
                .orElseThrow(() -> new PlatformException(
                        "No platform runs in " + folder + ": start one with ./gyre up --detach, or name its --home."));
        return PlatformFacts.of(
                new PlatformPlan(
                        folder, checkout, System.getProperty("gyre.build", "target"), state.portBase(), state.speed()),
                Duration.ZERO);
    }

    private void show(Example example) throws InterruptedException {
        boolean inPlace = Boolean.getBoolean("gyre.terminal");
        int drawn = 0;
        int second = 0;
        while (example.tally().sum().passwords() < passwords) {
            if (ended.await(1, TimeUnit.SECONDS)) {
                return;
            }
            Tally tally = example.tally();
            List<String> lines = Plot.lines(tally.latest(Plot.SECONDS), tally.sum(), example.rotations());
            if (inPlace) {
                OUT.print(drawn == 0 ? "" : "\u001b[" + drawn + "A\u001b[J");
                lines.forEach(OUT::println);
                drawn = lines.size();
            } else if (++second % every == 0) {
                OUT.println(lines.get(lines.size() - 1));
            }
        }
    }

    private void end(Example example) {
        if (summarised.getAndSet(true)) {
            return;
        }
        example.close();
        ended.countDown();
        OUT.println();
        Plot.summary(example.tally().sum(), example.rotations()).forEach(OUT::println);
    }
}
