package io.gyre.cli;

import io.gyre.cli.operations.Explanation;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code gyre explain}. */
@Command(
        name = "explain",
        description =
                "Say how a secret stands with its rotation: what is seen, what it means, what to do, and what comes next.")
final class ExplainCommand implements Callable<Integer> {
    @Mixin
    private final OperationsOptions operations = new OperationsOptions();

    @Parameters(paramLabel = "SECRET|ID", description = "A secret's name, or a rotation as ./gyre rotations lists it.")
    private String what = "";

    @Override
    public Integer call() {
        operations.show(Explanation.of(operations.api(), what), Explanation::lines);
        return ExitStatus.DONE;
    }
}
