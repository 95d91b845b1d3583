package io.gyre.benchmarks;

import io.gyre.benchmarks.due.DueAtOnce;
import io.gyre.benchmarks.durable.DurableSteps;
import io.gyre.benchmarks.platform.FirstEffect;
import io.gyre.benchmarks.platform.Refusals;
import io.gyre.benchmarks.platform.WholeRotations;
import io.gyre.benchmarks.reads.ObservedReads;
import io.gyre.benchmarks.reads.SecretReads;
import io.gyre.benchmarks.report.Circumstances;
import io.gyre.benchmarks.report.Report;
import io.gyre.benchmarks.schedules.Schedules;
import io.gyre.benchmarks.sleeping.SleepingRotations;
import io.gyre.platform.PlatformException;
import io.gyre.platform.postgres.PostgresSoftware;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gyre bench}. */
@Command(
        name = "gyre bench",
        mixinStandardHelpOptions = true,
        description = "Measure Gyre on this machine, beside its peers, and write docs/benchmarks/results.md. Without a"
                + " name: all of it, which takes about a quarter of an hour. Names: durable-steps, whole-rotation,"
                + " due-at-once, schedules, first-effect, sleeping-rotations, refusals, reads, observed-reads.")
final class Main implements Callable<Integer> {
    /** Apart from a platform that runs meanwhile. */
    private static final int PORT_BASE = 8600;

    private static final List<Benchmark> BENCHMARKS = List.of(
            new DurableSteps(),
            new WholeRotations(),
            new DueAtOnce(),
            new Schedules(),
            new FirstEffect(),
            new SleepingRotations(),
            new Refusals(),
            new SecretReads(),
            new ObservedReads());

    @Parameters(paramLabel = "NAME", arity = "0..*", description = "Which benchmarks (default: all).")
    private List<String> names = List.of();

    @Option(names = "--quick", description = "A fifth of the work and fewer rounds: shows that it runs.")
    private boolean quick;

    @Option(names = "--only", paramLabel = "CONTENDER", description = "One contender alone, while it is being tuned.")
    private @Nullable String only;

    @Option(
            names = "--into",
            paramLabel = "FOLDER",
            description = "Where the results are written (default: docs/benchmarks below the checkout).")
    private @Nullable Path into;

    @Option(
            names = "--port-base",
            paramLabel = "PORT",
            description = "From which the ports are counted (default: ${DEFAULT-VALUE}).")
    private int portBase = PORT_BASE;

    /** Ends the JVM: 0 when all was measured, 1 when something could not be. */
    public static void main(String[] arguments) {
        Logger.getLogger("").setLevel(Level.SEVERE);
        CommandLine line = new CommandLine(new Main());
        line.setExecutionExceptionHandler((failure, failed, parsed) -> {
            System.err.println("gyre: " + (failure instanceof PlatformException ? failure.getMessage() : failure));
            if (!(failure instanceof PlatformException)) {
                failure.printStackTrace();
            }
            return 1;
        });
        System.exit(line.execute(arguments));
    }

    @Override
    public Integer call() {
        Path checkout = Path.of(System.getProperty("gyre.checkout", "")).toAbsolutePath();
        Bench bench = new Bench(
                checkout,
                System.getProperty("gyre.build", "target"),
                checkout.resolve(".gyre").resolve("bench"),
                portBase,
                quick,
                only,
                System.out);
        Report report = new Report(into == null ? checkout.resolve("docs").resolve("benchmarks") : into);
        Map<String, String> questions = new LinkedHashMap<>();
        BENCHMARKS.forEach(each -> questions.put(each.name(), each.question()));
        for (Benchmark each : chosen()) {
            System.out.println(each.question());
            String circumstances = Circumstances.line(command(each), PostgresSoftware.release());
            report.write(each.name(), circumstances, each.measure(bench), questions);
        }
        return 0;
    }

    private String command(Benchmark benchmark) {
        return "./gyre bench " + benchmark.name() + (quick ? " --quick" : "");
    }

    private List<Benchmark> chosen() {
        for (String name : names) {
            if (BENCHMARKS.stream().noneMatch(each -> each.name().equals(name))) {
                throw new PlatformException("There is no benchmark " + name + ": choose among "
                        + BENCHMARKS.stream().map(Benchmark::name).toList() + ".");
            }
        }
        return names.isEmpty()
                ? BENCHMARKS
                : BENCHMARKS.stream()
                        .filter(each -> names.contains(each.name()))
                        .toList();
    }
}
