package io.gyre.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.cli.operations.WebhookLines;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gyre webhooks …}: events sent to an address. */
@Command(
        name = "webhooks",
        description = "Have events sent to an address, signed.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Exit status: 0 if it was done, 1 if it was refused; of test also 1 if the receiver did not answer 2xx."
        })
final class WebhooksCommand {
    private static final String PATH = "webhooks";
    private static final String ID = "As ./gyre webhooks list shows it.";

    @Command(name = "list", description = "List webhooks with how they fare.")
    int list(@Mixin OperationsOptions operations) {
        operations.show(operations.api().get(PATH, new TreeMap<>()), WebhookLines::table);
        return ExitStatus.DONE;
    }

    @Command(
            name = "create",
            description = "Have events sent to an address. The secret that they are signed with is shown this once.")
    int create(
            @Mixin OperationsOptions operations,
            @Parameters(paramLabel = "NAME", description = "What people are to call it.") String name,
            @Parameters(paramLabel = "URL", description = "An https URL without user and query.") String url,
            @Option(
                            names = "--type",
                            paramLabel = "TYPE",
                            description =
                                    "Events of this type, or of those that begin so: 'io.gyre.rotation.*'. May be given several"
                                            + " times; all events unless given.")
                    @Nullable
                    List<String> types) {
        ObjectNode wanted =
                JsonNodeFactory.instance.objectNode().put("name", name).put("url", url);
        if (types != null) {
            types.forEach(wanted.withArray("eventTypes")::add);
        }
        operations.show(operations.api().post(PATH, wanted).body(), WebhookLines::opened);
        return ExitStatus.DONE;
    }

    @Command(name = "delete", description = "Send nothing there any more; what waited for it is gone.")
    int delete(@Mixin OperationsOptions operations, @Parameters(paramLabel = "ID", description = ID) UUID id) {
        order(operations, id, "delete", webhook -> List.of(webhook.path("name").asText() + " is deleted."));
        return ExitStatus.DONE;
    }

    @Command(name = "pause", description = "Send nothing there for now; what is told meanwhile is kept for 30 days.")
    int pause(@Mixin OperationsOptions operations, @Parameters(paramLabel = "ID", description = ID) UUID id) {
        order(operations, id, "pause", WebhookLines::detail);
        return ExitStatus.DONE;
    }

    @Command(name = "resume", description = "Send events there again.")
    int resume(@Mixin OperationsOptions operations, @Parameters(paramLabel = "ID", description = ID) UUID id) {
        order(operations, id, "resume", WebhookLines::detail);
        return ExitStatus.DONE;
    }

    @Command(
            name = "rotate-secret",
            description = "Replace its secret. For 24 hours events are signed with the former one too.")
    int rotateSecret(@Mixin OperationsOptions operations, @Parameters(paramLabel = "ID", description = ID) UUID id) {
        order(operations, id, "rotate-secret", WebhookLines::opened);
        return ExitStatus.DONE;
    }

    @Command(name = "test", description = "Send a test event now, and see what the receiver answers.")
    int test(@Mixin OperationsOptions operations, @Parameters(paramLabel = "ID", description = ID) UUID id) {
        JsonNode tested = order(operations, id, "test", WebhookLines::tested);
        return tested.path("delivered").asBoolean() ? ExitStatus.DONE : ExitStatus.FAILED;
    }

    @Command(name = "deliveries", description = "List the newest deliveries that failed; they are kept for 30 days.")
    int deliveries(
            @Mixin OperationsOptions operations,
            @Parameters(paramLabel = "ID", description = ID) UUID id,
            @Option(
                            names = "--limit",
                            paramLabel = "N",
                            defaultValue = "20",
                            description = "How many, 1 to 200 (default: ${DEFAULT-VALUE}).")
                    int limit) {
        operations.show(
                operations
                        .api()
                        .get(PATH + "/" + id + "/deliveries", new TreeMap<>(Map.of("limit", Integer.toString(limit)))),
                WebhookLines::deliveries);
        return ExitStatus.DONE;
    }

    @Command(name = "replay", description = "Send a failed delivery again.")
    int replay(
            @Mixin OperationsOptions operations,
            @Parameters(paramLabel = "ID", description = ID) UUID id,
            @Parameters(paramLabel = "DELIVERY", description = "As ./gyre webhooks deliveries shows it.")
                    UUID delivery) {
        order(
                operations,
                id,
                "deliveries/" + delivery + "/replay",
                webhook -> List.of("It is on its way to " + webhook.path("name").asText() + "."));
        return ExitStatus.DONE;
    }

    private static JsonNode order(
            OperationsOptions operations, UUID id, String verb, Function<JsonNode, List<String>> lines) {
        JsonNode answer =
                operations.api().post(PATH + "/" + id + "/" + verb, Map.of()).body();
        operations.show(answer, lines);
        return answer;
    }
}
