package io.gyre.cli;

import io.gyre.cli.operations.RotationLines;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code gyre orphans}. */
@Command(
        name = "orphans",
        description = "List the credentials that Gyre made at a target and that no program is given.",
        synopsisSubcommandLabel = "[COMMAND]")
final class OrphansCommand implements Callable<Integer> {
    @Mixin
    private final OperationsOptions operations = new OperationsOptions();

    @Override
    public Integer call() {
        operations.show(operations.api().get("orphans", new TreeMap<>(Map.of("limit", "200"))), RotationLines::orphans);
        return ExitStatus.DONE;
    }

    @Command(
            name = "remove",
            description =
                    "Remove such a credential from its target, where it stops to work. Its rotation is rolled back for"
                            + " that, and opened again where it has ended.",
            footer = {"", "Exit status: 0 if a worker took the order, 5 if none has yet, 1 if it was refused."})
    int remove(
            @Mixin OperationsOptions removal,
            @Parameters(paramLabel = "ID", description = "As ./gyre orphans lists it.") long id) {
        return RotationCommand.answered(removal, removal.api().post("orphans/" + id + "/remove", Map.of()));
    }
}
