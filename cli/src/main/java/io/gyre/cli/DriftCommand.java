package io.gyre.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.gyre.cli.operations.DriftLines;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gyre drift}. */
@Command(
        name = "drift",
        description =
                "List the secrets whose credentials their targets do not let in any more, since somebody changed them past Gyre.",
        synopsisSubcommandLabel = "[COMMAND]")
final class DriftCommand implements Callable<Integer> {
    @Mixin
    private final OperationsOptions operations = new OperationsOptions();

    @Option(names = "--secret", paramLabel = "PREFIX", description = "Those whose names begin so.")
    private String secret = "";

    @Option(names = "--limit", paramLabel = "N", description = "How many, 1 to 200 (default: ${DEFAULT-VALUE}).")
    private int limit = 20;

    @Override
    public Integer call() {
        operations.show(
                operations
                        .api()
                        .get("drift", new TreeMap<>(Map.of("secret", secret, "limit", Integer.toString(limit)))),
                DriftLines::list);
        return ExitStatus.DONE;
    }

    @Command(
            name = "check",
            description = "Look at a secret's target now, and wait for what is found. Nothing is changed there.",
            footer = {
                "",
                "Exit status: 0 if the target lets the credentials in, 7 if it refuses one, 8 if that could not be found"
                        + " out, 1 if the check was refused or no rotation worker answered."
            })
    int check(
            @Mixin OperationsOptions asked, @Parameters(paramLabel = "SECRET", description = "Its name.") String name) {
        JsonNode found =
                asked.api().post("drift/check", Map.of("secretName", name)).body();
        asked.show(found, DriftLines::found);
        if (found.has("problem")) {
            return ExitStatus.NOT_CHECKED;
        }
        return found.path("state").asText().equals("Good") ? ExitStatus.DONE : ExitStatus.DRIFTED;
    }

    @Command(
            name = "repair",
            description =
                    "Begin a rotation that goes around a credential which the target refuses. Only after a look that found"
                            + " that; nothing is repaired without this order.")
    int repair(
            @Mixin OperationsOptions ordered,
            @Parameters(paramLabel = "SECRET", description = "Its name.") String name) {
        JsonNode rotation =
                ordered.api().post("drift/repair", Map.of("secretName", name)).body();
        ordered.show(
                rotation,
                begun -> List.of(
                        "The repair of " + begun.path("secretName").asText() + " has begun: ./gyre rotation show "
                                + begun.path("rotationId").asText() + " --watch"));
        return ExitStatus.DONE;
    }
}
