package io.gyre.cli;

import io.gyre.platform.PlatformException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code gyre example} for the help and the completion. The launcher runs it, out of a module that is built for those who ask; its own
 * {@code --help} tells the rest.
 */
@Command(
        name = "example",
        description = "Use a credential all the time while it is rotated every few seconds, and count what fails.")
@SuppressWarnings("unused")
final class ExampleCommand implements Callable<Integer> {
    @Parameters(
            arity = "0..1",
            paramLabel = "KIND",
            completionCandidates = Kinds.class,
            description = "${COMPLETION-CANDIDATES}.")
    private String kind = "rds";

    @Option(names = "--home", paramLabel = "FOLDER")
    private @Nullable Path home;

    @Option(names = "--every", paramLabel = "SECONDS")
    private int every;

    @Option(names = "--credentials", paramLabel = "N")
    private int credentials;

    @Option(names = "--web")
    private boolean web;

    @Option(names = "--web-port", paramLabel = "PORT")
    private int webPort;

    /** As the module has them. */
    static final class Kinds implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return List.of("rds", "ram", "ecs").iterator();
        }
    }

    @Override
    public Integer call() {
        throw new PlatformException(
                "The examples are programs of their own: type ./gyre example, and options after it.");
    }
}
