package io.gyre.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.gyre.envelope.RootKeyId;
import io.gyre.platform.PlatformException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code gyre root-key}. */
@Command(
        name = "root-key",
        description = "The key below which everything is encrypted.",
        synopsisSubcommandLabel = "COMMAND")
final class RootKeyCommand {
    private static final String PATH = "root-keys";

    @Command(
            name = "status",
            description = "Tell which root keys there are, what is sealed under each, and which may be taken away.")
    int status(@Mixin OperationsOptions operations) {
        operations.show(operations.api().get(PATH, new TreeMap<>()), RootKeyCommand::lines);
        return ExitStatus.DONE;
    }

    @Command(
            name = "rotate",
            description =
                    "Make another root key the current one, and seal under it what is stored. Every process must have been"
                            + " given it beside the current one.")
    int rotate(
            @Parameters(paramLabel = "ID", description = "Of the root key to rotate to.") String id,
            @Mixin OperationsOptions order) {
        if (!RootKeyId.isOne(id)) {
            throw new PlatformException("\"" + id + "\" is no id of a root key, which has 16 digits of 0-9 and a-f: "
                    + "./gyre root-key status lists them.");
        }
        order.show(order.api().post(PATH + "/" + id + "/rotate-to", Map.of()).body(), RootKeyCommand::lines);
        return ExitStatus.DONE;
    }

    private static List<String> lines(JsonNode answer) {
        List<String> lines = new ArrayList<>();
        for (JsonNode key : answer.path("keys")) {
            lines.add(key.path("id").asText() + "  " + sentence(key));
        }
        lines.add(
                answer.path("settled").asBoolean()
                        ? "Everything that is stored is sealed under the current root key."
                        : "What is stored is being sealed under the current root key.");
        for (JsonNode process : answer.path("processes")) {
            List<String> knows = new ArrayList<>();
            process.path("knows").forEach(id -> knows.add(id.asText()));
            lines.add("  " + process.path("kind").asText() + " "
                    + process.path("name").asText() + " was given " + String.join(" and ", knows));
        }
        return lines;
    }

    private static String sentence(JsonNode key) {
        String amount = key.path("instances").asLong() + " keys of instances, "
                + key.path("accessKeys").asLong() + " AccessKeys, "
                + key.path("auditKeys").asLong() + " keys of the audit log";
        if (key.path("current").asBoolean()) {
            return "current: " + amount;
        }
        if (key.path("removable").asBoolean()) {
            return "seals nothing: it may be taken away from every process, or rotated to";
        }
        String until = key.path("sessionsUntil").asText();
        return "keep it: " + amount + (until.isEmpty() ? "" : ", sessions until " + until);
    }
}
