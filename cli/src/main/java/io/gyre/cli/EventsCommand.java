package io.gyre.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.gyre.cli.operations.OperationsApi;
import io.gyre.cli.terminal.Console;
import io.gyre.platform.PlatformException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code gyre events}. */
@Command(
        name = "events",
        description = "What rotations and secrets are told of by Kafka.",
        synopsisSubcommandLabel = "COMMAND")
final class EventsCommand {
    private static final String PATH = "events/replay";

    @Command(
            name = "replay",
            description = {
                "Tell again what was told: the same events with the same ids, in the order of each secret, from what"
                        + " PostgreSQL keeps.",
                "The topic must be there and be empty; it is gyre.rotation.events itself where that was lost."
            })
    int replay(
            @Mixin OperationsOptions order,
            @Option(names = "--topic", paramLabel = "NAME", required = true, description = "Into which topic.")
                    String topic,
            @Option(
                            names = "--since",
                            paramLabel = "TIME",
                            defaultValue = "",
                            description = "From then on, for example 2026-03-01T00:00:00Z (default: all).")
                    String since,
            @Option(names = "--until", paramLabel = "TIME", defaultValue = "", description = "Before then.")
                    String until,
            @Option(names = "--secret", paramLabel = "ARN", defaultValue = "", description = "Of one secret alone.")
                    String secret,
            @Option(names = "--force", description = "Also into a topic that holds records.") boolean force,
            @Option(
                            names = "--after",
                            paramLabel = "PLACE",
                            defaultValue = "0",
                            description = "Go on where a replay was interrupted, as its last line says.")
                    long after) {
        Map<String, Object> asked =
                new HashMap<>(Map.of("topic", topic, "since", since, "until", until, "force", force));
        if (!secret.isEmpty()) {
            asked.put("secretArn", secret);
        }
        long told = told(order, asked, after);
        order.show(
                JsonNodeFactory.instance.objectNode().put("told", told).put("topic", topic),
                replayed -> List.of("Told " + told + " events into " + topic + "."));
        return ExitStatus.DONE;
    }

    private static long told(OperationsOptions order, Map<String, Object> asked, long after) {
        OperationsApi api = order.api();
        Console out = Console.standard();
        long told = 0;
        long total = 0;
        long place = after;
        while (true) {
            asked.put("after", place);
            JsonNode page = page(api, asked, place);
            told += page.path("told").asLong();
            total = page.path("total").asLong(total);
            if (!page.hasNonNull("next")) {
                return told;
            }
            place = page.path("next").asLong();
            if (!order.json) {
                out.line(total > 0 ? told + " of " + total + " events" : told + " events");
            }
        }
    }

    private static JsonNode page(OperationsApi api, Map<String, Object> asked, long place) {
        try {
            return api.post(PATH, asked).body();
        } catch (PlatformException e) {
            throw place == 0
                    ? e
                    : new PlatformException(
                            e.getMessage() + " Go on with the same command and --after " + place + ".", e);
        }
    }
}
