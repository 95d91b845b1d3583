package io.gyre.api.operations;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.gyre.api.webhooks.Webhook;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A webhook as this API shows it, without its secrets. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Webhook")
record WebhookView(
        @Schema(required = true) String webhookId,

        @Schema(required = true) String name,

        @Schema(required = true) String url,

        @Schema(description = "Types of events, or beginnings of them; none means all.", required = true)
        List<String> eventTypes,

        @Schema(
                required = true,
                enumeration = {"Active", "Paused", "Disabled"})
        String state,

        @Schema(description = "Why it stands so.", required = true)
        String reason,

        @Schema(description = "Since when nothing could be delivered, on the wall clock; none where it could lately.")
        @Nullable
        Instant failingSince,

        @Schema(description = "How many deliveries are still to be sent.", required = true)
        long waiting,

        @Schema(description = "How many could not be, and are kept for 30 days.", required = true)
        long failed,

        @Schema(description = "The AccessKey that made it.", required = true)
        String createdBy,

        @Schema(description = "On the wall clock.", required = true)
        Instant createdAt) {

    static WebhookView of(Webhook webhook) {
        return new WebhookView(
                webhook.id().toString(),
                webhook.name(),
                webhook.url(),
                webhook.eventTypes(),
                webhook.state(),
                webhook.reason(),
                webhook.failingSince(),
                webhook.waiting(),
                webhook.failed(),
                webhook.createdBy(),
                webhook.createdAt());
    }
}
