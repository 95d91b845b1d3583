package io.gyre.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.gyre.cli.operations.RotationLines;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code gyre dry-run}. */
@Command(
        name = "dry-run",
        description = "See whether a rotation would begin: a worker looks at the target and changes nothing.",
        footer = {"", "Exit status: 0 if it would, 4 if something speaks against it."})
final class DryRunCommand implements Callable<Integer> {
    @Mixin
    private final OperationsOptions operations = new OperationsOptions();

    @Parameters(paramLabel = "SECRET", description = "Its name.")
    private String secret = "";

    @Override
    public Integer call() {
        JsonNode answer =
                operations.api().post("dry-runs", Map.of("secretName", secret)).body();
        operations.show(answer, RotationLines::dryRun);
        return answer.path("passed").asBoolean() ? ExitStatus.DONE : ExitStatus.WOULD_NOT_ROTATE;
    }
}
