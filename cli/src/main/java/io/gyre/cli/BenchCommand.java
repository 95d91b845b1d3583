package io.gyre.cli;

import io.gyre.platform.PlatformException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gyre bench} for the help and the completion, as {@link ExampleCommand} is. */
@Command(name = "bench", description = "Measure Gyre on this machine, beside its peers.")
@SuppressWarnings("unused")
final class BenchCommand implements Callable<Integer> {
    @Parameters(arity = "0..*", paramLabel = "NAME")
    private List<String> names = List.of();

    @Option(names = "--quick")
    private boolean quick;

    @Option(names = "--only", paramLabel = "CONTENDER")
    private @Nullable String only;

    @Option(names = "--into", paramLabel = "FOLDER")
    private @Nullable Path into;

    @Option(names = "--port-base", paramLabel = "PORT")
    private int portBase;

    @Override
    public Integer call() {
        throw new PlatformException(
                "The benchmarks are a program of their own: type ./gyre bench, and options after it.");
    }
}
