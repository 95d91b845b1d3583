package io.gyre.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.gyre.platform.PlatformException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gyre simulator}. */
@Command(
        name = "simulator",
        description = "Let the simulated cloud misbehave, and see how rotations fare.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = SimulatorCommand.FaultsCommand.class)
final class SimulatorCommand {
    private SimulatorCommand() {}

    /** {@code gyre simulator faults}. */
    @Command(
            name = "faults",
            description = "What the next calls of the simulated cloud suffer.",
            synopsisSubcommandLabel = "COMMAND")
    static final class FaultsCommand {
        private static final List<String> PRODUCTS = List.of("Ram", "Sts", "Rds", "Ecs");
        private static final String ROW = "%-5s  %-8s  %-24s  %-6s  %5s  %s";

        @Command(name = "list", description = "List what is left of them.")
        int list(@Mixin CloudOptions cloud) {
            cloud.show(cloud.api().call("ListFaults", Map.of()), FaultsCommand::table);
            return ExitStatus.DONE;
        }

        @Command(name = "set", description = "Let the next matching calls suffer.")
        int set(
                @Mixin CloudOptions cloud,
                @Parameters(paramLabel = "PRODUCT", description = "Ram, Sts, Rds or Ecs.") String product,
                @Parameters(paramLabel = "ACTION", description = "For example ResetAccountPassword.") String action,
                @ArgGroup(multiplicity = "1") Kind kind,
                @Option(
                                names = "--resource",
                                paramLabel = "VALUE",
                                description =
                                        "Only calls of which a parameter has this value, for example an instance's id.")
                        @Nullable
                        String resource,
                @Option(
                                names = "--after-work",
                                description =
                                        "Perform the action first, so that its effect stays though the answer suffers.")
                        boolean afterWork,
                @Option(
                                names = "--count",
                                paramLabel = "N",
                                defaultValue = "1",
                                description = "How many calls (default: ${DEFAULT-VALUE}).")
                        int count) {
            if (!PRODUCTS.contains(product)) {
                throw new PlatformException("The simulated cloud has no product \"" + product + "\": choose among "
                        + String.join(", ", PRODUCTS) + ".");
            }
            SortedMap<String, String> fault = kind.parameters();
            fault.put("TargetProduct", product);
            fault.put("TargetAction", action);
            fault.put("AfterWork", Boolean.toString(afterWork));
            fault.put("Count", Integer.toString(count));
            if (resource != null) {
                fault.put("Resource", resource);
            }
            cloud.show(
                    cloud.api().call("InjectFault", fault),
                    answer -> List.of("The next " + (count == 1 ? "call" : count + " calls") + " of " + product + " "
                            + action + " will suffer: fault "
                            + answer.path("FaultId").asText() + "."));
            return ExitStatus.DONE;
        }

        @Command(name = "clear", description = "End all of them.")
        int clear(@Mixin CloudOptions cloud) {
            cloud.show(
                    cloud.api().call("ClearFaults", Map.of()),
                    answer -> List.of("Faults that were left and are gone: "
                            + answer.path("Cleared").asLong() + "."));
            return ExitStatus.DONE;
        }

        private static List<String> table(JsonNode answer) {
            JsonNode faults = answer.path("Faults").path("Fault");
            if (faults.isEmpty()) {
                return List.of("No call suffers. ./gyre simulator faults set lets some.");
            }
            List<String> lines = new ArrayList<>();
            lines.add(String.format(ROW, "fault", "product", "action", "kind", "calls", "resource"));
            faults.forEach(fault -> lines.add(String.format(
                            ROW,
                            fault.path("FaultId").asText(),
                            fault.path("TargetProduct").asText(),
                            fault.path("TargetAction").asText(),
                            fault.path("Kind").asText(),
                            fault.path("Remaining").asText(),
                            fault.path("Resource").asText(""))
                    .stripTrailing()));
            return lines;
        }
    }

    /** How a call suffers: in one of four ways. */
    static final class Kind {
        @ArgGroup(exclusive = false)
        private @Nullable Refused refused;

        @Option(
                names = "--delay",
                paramLabel = "SPAN",
                required = true,
                converter = SpanConverter.class,
                description = "Its answer comes so much later, at most 10m.")
        private @Nullable Duration delay;

        @Option(names = "--drop", required = true, description = "The connection is closed without an answer.")
        private boolean drop;

        @Option(names = "--hang", required = true, description = "No answer ever comes.")
        private boolean hang;

        /** As InjectFault takes them. */
        private SortedMap<String, String> parameters() {
            SortedMap<String, String> parameters = new TreeMap<>();
            if (refused != null) {
                parameters.put("Kind", "Error");
                parameters.put("Code", refused.code);
                parameters.put("HttpStatus", Integer.toString(refused.status));
                if (refused.message != null) {
                    parameters.put("Message", refused.message);
                }
            } else if (delay != null) {
                parameters.put("Kind", "Delay");
                parameters.put("DelayMillis", Long.toString(delay.toMillis()));
            } else if (drop) {
                parameters.put("Kind", "Drop");
            } else if (hang) {
                parameters.put("Kind", "Hang");
            }
            return parameters;
        }
    }

    /** An error instead of an answer. */
    static final class Refused {
        @Option(
                names = "--error",
                paramLabel = "CODE",
                required = true,
                description = "It is refused with this code, for example ServiceUnavailable.")
        private String code = "";

        @Option(
                names = "--status",
                paramLabel = "N",
                defaultValue = "500",
                description = "Of the refusal, 400 to 599 (default: ${DEFAULT-VALUE}).")
        private int status;

        @Option(names = "--message", paramLabel = "TEXT", description = "Of the refusal.")
        private @Nullable String message;
    }
}
