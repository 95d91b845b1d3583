package io.gyre.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.gyre.cli.operations.OperationsApi;
import io.gyre.cli.operations.RotationLines;
import io.gyre.cli.terminal.Console;
import io.gyre.cli.terminal.Redraw;
import io.gyre.secret.SecretType;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code gyre rotations}. */
@Command(name = "rotations", description = "List rotations, the latest request first.")
final class RotationsCommand implements Callable<Integer> {
    @Mixin
    private final OperationsOptions operations = new OperationsOptions();

    @Option(
            names = "--state",
            paramLabel = "STATE",
            completionCandidates = States.class,
            description = "${COMPLETION-CANDIDATES}.")
    private String state = "";

    @Option(
            names = "--type",
            paramLabel = "TYPE",
            completionCandidates = Types.class,
            description = "${COMPLETION-CANDIDATES}.")
    private String type = "";

    @Option(names = "--secret", paramLabel = "PREFIX", description = "Those of secrets whose names begin so.")
    private String secret = "";

    @Option(names = "--limit", paramLabel = "N", description = "How many, 1 to 200 (default: ${DEFAULT-VALUE}).")
    private int limit = 20;

    @Option(names = "--watch", description = "Show them again as they change, until Ctrl-C.")
    private boolean watch;

    /** For completion; what is given is checked by the API. */
    static final class States implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return List.of("running", "waiting", "late", "failed", "succeeded").iterator();
        }
    }

    /** For completion, as above. */
    static final class Types implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return SecretType.rotationTypes().iterator();
        }
    }

    @Override
    public Integer call() {
        OperationsApi api = operations.api();
        if (watch) {
            new Redraw(Console.standard()).untilInterrupted(() -> operations.shown(page(api), RotationLines::table));
        }
        operations.show(page(api), RotationLines::table);
        return ExitStatus.DONE;
    }

    private JsonNode page(OperationsApi api) {
        return api.get(
                "rotations",
                new TreeMap<>(
                        Map.of("state", state, "type", type, "secret", secret, "limit", Integer.toString(limit))));
    }
}
