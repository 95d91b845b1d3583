package io.gyre.api.operations;

import io.gyre.api.outgoing.OutgoingAddress;
import io.gyre.api.webhooks.NewWebhook;
import io.gyre.api.wire.PlainText;
import java.util.List;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What a webhook is to be, as it is asked for. */
@Schema(description = "What a webhook is to be.")
record WebhookRequest(
        @Schema(description = "For people; 1 to 128 characters.", required = true) @Nullable
        String name,

        @Schema(
                description = "An https URL that takes events by POST, without user and query.",
                required = true,
                examples = "https://events.example.com/gyre")
        @Nullable
        String url,

        @Schema(
                description =
                        "Types of events, or beginnings of them such as io.gyre.rotation.*; up to 32, and all unless given.")
        @Nullable
        List<@Nullable String> eventTypes) {

    private static final int NAME_LIMIT = 128;
    private static final int MOST_TYPES = 32;
    private static final Pattern TYPE = Pattern.compile("(?=.{1,128}$)[A-Za-z0-9-]+([.:][A-Za-z0-9-]+)*(\\.\\*)?");

    /** @throws io.gyre.rpc.RpcFault MissingParameter or InvalidParameter */
    NewWebhook checked() {
        if (name == null) {
            throw OperationFaults.missing("name", "say what people are to call the webhook.");
        }
        if (!PlainText.isName(name, NAME_LIMIT)) {
            throw OperationFaults.invalid("name", name, "it must have 1 to 128 characters, on one line.");
        }
        if (url == null) {
            throw OperationFaults.missing("url", "say where events are to be sent.");
        }
        OutgoingAddress address =
                OutgoingAddress.of(url).orElseThrow(() -> OperationFaults.invalid("url", url, OutgoingAddress.RULE));
        return new NewWebhook(name, address, checkedTypes());
    }

    private List<String> checkedTypes() {
        if (eventTypes == null) {
            return List.of();
        }
        if (eventTypes.size() > MOST_TYPES) {
            throw OperationFaults.invalid(
                    "The number of eventTypes",
                    Integer.toString(eventTypes.size()),
                    "give at most " + MOST_TYPES + ".");
        }
        return eventTypes.stream().map(WebhookRequest::type).toList();
    }

    private static String type(@Nullable String type) {
        if (type == null || !TYPE.matcher(type).matches()) {
            throw OperationFaults.invalid(
                    "eventTypes",
                    String.valueOf(type),
                    "each must be the type of an event, or the beginning of one that ends with .*, such as"
                            + " io.gyre.rotation.*: docs/events.md lists them.");
        }
        return type;
    }
}
