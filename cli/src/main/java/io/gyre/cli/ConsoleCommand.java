package io.gyre.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code gyre console}. */
@Command(
        name = "console",
        description = "Show a link that logs you in to the console, once, as whoever the AccessKey belongs to.")
final class ConsoleCommand implements Callable<Integer> {
    private static final String PATH = "console-logins";

    @Mixin
    private final OperationsOptions operations = new OperationsOptions();

    @Override
    public Integer call() {
        operations.show(operations.api().post(PATH, Map.of()).body(), ConsoleCommand::lines);
        return ExitStatus.DONE;
    }

    private static List<String> lines(JsonNode login) {
        return List.of(
                login.path("url").asText(),
                "Open it within " + login.path("validForSeconds").asLong()
                        + " s. Whoever opens it first is logged in as you: show it to nobody.");
    }
}
