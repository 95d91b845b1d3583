package io.gyre.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gyre.cli.operations.DeadLetterLines;
import io.gyre.platform.PlatformException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gyre dead-letters}. */
@Command(
        name = "dead-letters",
        description = "List the newest records of the request topics that no worker could read.",
        synopsisSubcommandLabel = "[COMMAND]")
final class DeadLettersCommand implements Callable<Integer> {
    private static final String PATH = "dead-letters";

    @Mixin
    private final OperationsOptions operations = new OperationsOptions();

    @Option(names = "--limit", paramLabel = "N", description = "How many, 1 to 200 (default: ${DEFAULT-VALUE}).")
    private int limit = 20;

    @Override
    public Integer call() {
        operations.show(
                operations.api().get(PATH, new TreeMap<>(Map.of("limit", Integer.toString(limit)))),
                DeadLetterLines::table);
        return ExitStatus.DONE;
    }

    @Command(name = "show", description = "Show one with its value, and why it is there.")
    int show(
            @Mixin OperationsOptions asked,
            @Parameters(paramLabel = "ID", description = "As ./gyre dead-letters lists it.") String id) {
        asked.show(asked.api().get(PATH + "/" + id, new TreeMap<>()), DeadLetterLines::one);
        return ExitStatus.DONE;
    }

    @Command(
            name = "replay",
            description =
                    "Send it to its request topic, where a worker hears of the rotation; as it is, or as a file has it that"
                            + " mends it. It stays among the dead letters.")
    int replay(
            @Mixin OperationsOptions order,
            @Parameters(paramLabel = "ID", description = "As ./gyre dead-letters lists it.") String id,
            @Option(
                            names = "--value",
                            paramLabel = "FILE",
                            description =
                                    "The request as it should have been: a JSON object with rotationId, secretArn and"
                                            + " rotationType.")
                    @Nullable
                    Path value) {
        Map<String, JsonNode> body = value == null ? Map.of() : Map.of("value", read(value));
        order.show(order.api().post(PATH + "/" + id + "/replay", body).body(), DeadLetterLines::replayed);
        return ExitStatus.DONE;
    }

    private static JsonNode read(Path file) {
        try {
            return new ObjectMapper().readTree(Files.readString(file));
        } catch (JsonProcessingException e) {
            throw new PlatformException(
                    "The file " + file + " holds no JSON: give an object with rotationId, secretArn and"
                            + " rotationType.",
                    e);
        } catch (IOException e) {
            throw new PlatformException("Cannot read the file " + file + ".", e);
        }
    }
}
