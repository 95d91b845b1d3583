package io.gyre.cli;

import io.gyre.cli.operations.OperationsApi.Reply;
import io.gyre.cli.operations.RotationLines;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gyre rotation …}: one rotation, and what is ordered of it. */
@Command(
        name = "rotation",
        description = "Show one rotation, or order something of it.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "An order is taken by a rotation worker; what became of it is the latest entry of the timeline.",
            "Exit status: 0 if a worker took the order, 5 if none has yet, 1 if it was refused; of show --watch 0 if the"
                    + " rotation succeeded, 9 if it failed."
        })
final class RotationCommand {
    private static final String ID = "As ./gyre rotations lists it.";

    @Command(name = "show", description = "Show a rotation with its lanes, its timeline and what is wrong with it.")
    int show(
            @Mixin OperationsOptions operations,
            @Parameters(paramLabel = "ID", description = ID) UUID id,
            @Option(names = "--watch", description = "Show it again as it changes, until it has ended.")
                    boolean watch) {
        if (watch) {
            return RotationWatch.untilItsEnd(operations, id.toString());
        }
        operations.show(operations.api().get("rotations/" + id, new TreeMap<>()), RotationLines::detail);
        return ExitStatus.DONE;
    }

    @Command(name = "retry", description = "Go on now, instead of waiting for the next try or for a person.")
    int retry(@Mixin OperationsOptions operations, @Parameters(paramLabel = "ID", description = ID) UUID id) {
        return order(operations, id, "retry", Map.of());
    }

    @Command(
            name = "roll-back",
            description =
                    "Put secret and target back to how they were before: the new credential is removed from the target,"
                            + " and the rotation ends as Failed.")
    int rollBack(@Mixin OperationsOptions operations, @Parameters(paramLabel = "ID", description = ID) UUID id) {
        return order(operations, id, "roll-back", Map.of());
    }

    @Command(
            name = "give-up",
            description =
                    "End as Failed at once and leave the target as it is; a credential that is left there is listed by"
                            + " ./gyre orphans.")
    int giveUp(@Mixin OperationsOptions operations, @Parameters(paramLabel = "ID", description = ID) UUID id) {
        return order(operations, id, "give-up", Map.of());
    }

    @Command(name = "extend", description = "Let both AccessKeys of a RAM user work for longer.")
    int extend(
            @Mixin OperationsOptions operations,
            @Parameters(paramLabel = "ID", description = ID) UUID id,
            @Option(
                            names = "--by",
                            paramLabel = "SPAN",
                            required = true,
                            converter = SpanConverter.class,
                            description = "By how much, 10m to 7d, for example 2h; on the calendar.")
                    Duration by) {
        return order(operations, id, "extend", Map.of("seconds", by.toSeconds()));
    }

    private static int order(OperationsOptions operations, UUID id, String verb, Map<String, Long> body) {
        return answered(operations, operations.api().post("rotations/" + id + "/" + verb, body));
    }

    /** Shows what became of an order; @return the exit status that says whether a worker has taken it */
    static int answered(OperationsOptions operations, Reply reply) {
        boolean taken = reply.status() != 202;
        operations.show(
                reply.body(),
                rotation -> List.of(
                        taken
                                ? rotation.path("secretName").asText() + ": "
                                        + rotation.path("note").asText()
                                : "Ordered of " + rotation.path("secretName").asText()
                                        + "; no rotation worker has taken it yet: ./gyre rotation show "
                                        + rotation.path("rotationId").asText() + " tells once one has."));
        return taken ? ExitStatus.DONE : ExitStatus.NOT_TAKEN;
    }
}
