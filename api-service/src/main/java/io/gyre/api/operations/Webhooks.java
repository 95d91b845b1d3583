package io.gyre.api.operations;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.gyre.api.outgoing.OutgoingAnswer;
import io.gyre.api.outgoing.OutgoingAnswer.Answered;
import io.gyre.api.webhooks.FailedDelivery;
import io.gyre.api.webhooks.NewWebhook;
import io.gyre.api.webhooks.Webhook;
import io.gyre.api.webhooks.WebhookDesk;
import io.gyre.api.webhooks.WebhookState;
import io.gyre.rpc.AccessKey;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** {@code /operations/v1/webhooks}: who is sent events. */
@Path("/operations/v1/webhooks")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Webhooks")
class Webhooks {
    private static final Logger LOG = Logger.getLogger(Webhooks.class);

    private final WebhookDesk desk;

    Webhooks(WebhookDesk desk) {
        this.desk = desk;
    }

    /** All of them. */
    @Schema(name = "WebhookList")
    record All(List<WebhookView> webhooks) {}

    /** A webhook with its secret. */
    @Schema(name = "OpenedWebhook")
    record Opened(
            @Schema(required = true) WebhookView webhook,

            @Schema(
                    description = "What bodies are signed with: whsec_ and 32 bytes in Base64. Keep it.",
                    required = true)
            String secret) {}

    /** What came of a test. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "WebhookTest")
    record Tested(
            @Schema(description = "Whether the receiver answered 2xx.", required = true)
            boolean delivered,

            @Schema(description = "The status that was answered; none where nothing was.") @Nullable
            Integer status,

            @Schema(description = "In a few words: the webhook …", required = true)
            String finding) {}

    /** One that failed. */
    @Schema(name = "WebhookDelivery")
    record Delivery(
            String deliveryId,

            String eventId,

            String eventType,

            @Schema(description = "How often it was tried.") int attempts,

            @Schema(description = "What came of the last attempt.")
            String lastAnswer,

            @Schema(description = "On the wall clock.") Instant failedAt) {}

    /** The newest of them. */
    @Schema(name = "WebhookDeliveryList")
    record Failed(List<Delivery> deliveries) {}

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "CreateWebhook",
            summary = "Have events sent to an address",
            description = "Answers the secret that bodies are signed with, which is never shown again.")
    @APIResponse(
            responseCode = "200",
            description = "It is made.",
            content = @Content(schema = @Schema(implementation = Opened.class)))
    public Uni<Opened> createWebhook(@Nullable WebhookRequest wanted, @Context RoutingContext exchange) {
        if (wanted == null) {
            throw OperationFaults.missing("name", "say what people are to call the webhook.");
        }
        NewWebhook checked = wanted.checked();
        AccessKey caller = Rotations.caller(exchange);
        return desk.create(caller, checked)
                .map(made -> made.orElseThrow(() -> OperationFaults.tooManyWebhooks(WebhookDesk.MOST)))
                .invoke(made -> tell(caller, "made", made.webhook().id()))
                .map(Webhooks::opened);
    }

    @GET
    @Operation(operationId = "ListWebhooks", summary = "List webhooks, in the order in which they were made")
    @APIResponse(
            responseCode = "200",
            description = "All of them.",
            content = @Content(schema = @Schema(implementation = All.class)))
    public Uni<All> listWebhooks(@Context RoutingContext exchange) {
        return desk.all(Rotations.caller(exchange))
                .map(all -> new All(all.stream().map(WebhookView::of).toList()));
    }

    @POST
    @Path("/{id}/delete")
    @Operation(
            operationId = "DeleteWebhook",
            summary = "Send nothing there any more",
            description = "What waited for it, and what had failed, is gone with it.")
    @APIResponse(
            responseCode = "200",
            description = "As it was.",
            content = @Content(schema = @Schema(implementation = WebhookView.class)))
    public Uni<WebhookView> deleteWebhook(@RestPath String id, @Context RoutingContext exchange) {
        AccessKey caller = Rotations.caller(exchange);
        return existing(caller, id)
                .call(webhook -> desk.delete(caller, webhook.id()))
                .invoke(webhook -> tell(caller, "deleted", webhook.id()))
                .map(WebhookView::of);
    }

    @POST
    @Path("/{id}/pause")
    @Operation(
            operationId = "PauseWebhook",
            summary = "Send nothing there for now",
            description = "What is told meanwhile is kept for 30 days.")
    @APIResponse(
            responseCode = "200",
            description = "It is paused.",
            content = @Content(schema = @Schema(implementation = WebhookView.class)))
    public Uni<WebhookView> pauseWebhook(@RestPath String id, @Context RoutingContext exchange) {
        AccessKey caller = Rotations.caller(exchange);
        return existing(caller, id)
                .chain(webhook -> desk.pause(caller, webhook.id()))
                .invoke(paused -> {
                    if (!paused) {
                        throw OperationFaults.webhookDisabled(id);
                    }
                })
                .chain(() -> existing(caller, id))
                .invoke(webhook -> tell(caller, "paused", webhook.id()))
                .map(WebhookView::of);
    }

    @POST
    @Path("/{id}/resume")
    @Operation(
            operationId = "ResumeWebhook",
            summary = "Send events there again",
            description = "What had failed while it was disabled is sent again by ReplayWebhookDelivery.")
    @APIResponse(
            responseCode = "200",
            description = "It is active.",
            content = @Content(schema = @Schema(implementation = WebhookView.class)))
    public Uni<WebhookView> resumeWebhook(@RestPath String id, @Context RoutingContext exchange) {
        AccessKey caller = Rotations.caller(exchange);
        return existing(caller, id)
                .chain(webhook -> desk.resume(caller, webhook.id()))
                .chain(() -> existing(caller, id))
                .invoke(webhook -> tell(caller, "resumed", webhook.id()))
                .map(WebhookView::of);
    }

    @POST
    @Path("/{id}/rotate-secret")
    @Operation(
            operationId = "RotateWebhookSecret",
            summary = "Replace the secret of a webhook",
            description =
                    "For 24 hours bodies are signed with the former one too. A second rotation within them ends the oldest at once.")
    @APIResponse(
            responseCode = "200",
            description = "The new secret, which is never shown again.",
            content = @Content(schema = @Schema(implementation = Opened.class)))
    public Uni<Opened> rotateWebhookSecret(@RestPath String id, @Context RoutingContext exchange) {
        AccessKey caller = Rotations.caller(exchange);
        return desk.rotateSecret(caller, webhookId(id))
                .map(made -> made.orElseThrow(() -> OperationFaults.webhookNotFound(id)))
                .invoke(made ->
                        tell(caller, "given another secret", made.webhook().id()))
                .map(Webhooks::opened);
    }

    @POST
    @Path("/{id}/test")
    @Operation(
            operationId = "TestWebhook",
            summary = "Send a test event now",
            description =
                    "Its type is io.gyre.webhook.test.v1. It is sent whatever the state and the types of the webhook are, and once.")
    @APIResponse(
            responseCode = "200",
            description = "What came of it.",
            content = @Content(schema = @Schema(implementation = Tested.class)))
    public Uni<Tested> testWebhook(@RestPath String id, @Context RoutingContext exchange) {
        return existing(Rotations.caller(exchange), id).chain(desk::test).map(Webhooks::tested);
    }

    @GET
    @Path("/{id}/deliveries")
    @Operation(operationId = "ListWebhookDeliveries", summary = "List the newest deliveries that failed")
    @APIResponse(
            responseCode = "200",
            description = "The latest first.",
            content = @Content(schema = @Schema(implementation = Failed.class)))
    public Uni<Failed> listWebhookDeliveries(
            @RestPath String id,
            @Parameter(
                            description = "How many, at most.",
                            schema =
                                    @Schema(
                                            type = SchemaType.INTEGER,
                                            minimum = "1",
                                            maximum = "200",
                                            defaultValue = "20"))
                    @RestQuery
                    @Nullable
                    String limit,
            @Context RoutingContext exchange) {
        int most = Listing.limit(limit);
        return existing(Rotations.caller(exchange), id)
                .chain(webhook -> desk.failed(webhook, most))
                .map(failed ->
                        new Failed(failed.stream().map(Webhooks::delivery).toList()));
    }

    @POST
    @Path("/{id}/deliveries/{delivery}/replay")
    @Operation(
            operationId = "ReplayWebhookDelivery",
            summary = "Send a failed delivery again",
            description = "It is tried as often as a new one.")
    @APIResponse(
            responseCode = "200",
            description = "It is on its way.",
            content = @Content(schema = @Schema(implementation = WebhookView.class)))
    public Uni<WebhookView> replayWebhookDelivery(
            @RestPath String id, @RestPath String delivery, @Context RoutingContext exchange) {
        AccessKey caller = Rotations.caller(exchange);
        UUID wanted = uuid("The delivery's id", delivery);
        return existing(caller, id)
                .invoke(webhook -> {
                    if (webhook.state().equals(WebhookState.DISABLED.label())) {
                        throw OperationFaults.webhookDisabled(id);
                    }
                })
                .chain(webhook -> desk.replay(webhook, wanted))
                .invoke(replayed -> {
                    if (!replayed) {
                        throw OperationFaults.deliveryNotFound(delivery, id);
                    }
                })
                .chain(() -> existing(caller, id))
                .map(WebhookView::of);
    }

    private Uni<Webhook> existing(AccessKey caller, String id) {
        return desk.find(caller, webhookId(id)).onItem().ifNull().failWith(() -> OperationFaults.webhookNotFound(id));
    }

    private static void tell(AccessKey caller, String what, UUID webhook) {
        LOG.infof("Webhook %s was %s by AccessKey %s (%s).", webhook, what, caller.id(), caller.principal());
    }

    private static Opened opened(WebhookDesk.Opened opened) {
        return new Opened(WebhookView.of(opened.webhook()), opened.secret().reveal());
    }

    private static Tested tested(OutgoingAnswer answer) {
        String finding = WebhookDesk.told(answer);
        return answer instanceof Answered answered
                ? new Tested(answered.isWell(), answered.status(), finding)
                : new Tested(false, null, finding);
    }

    private static Delivery delivery(FailedDelivery failed) {
        return new Delivery(
                failed.id().toString(),
                failed.eventId().toString(),
                failed.eventType(),
                failed.attempts(),
                failed.lastAnswer(),
                failed.failedAt());
    }

    private static UUID webhookId(String id) {
        return uuid("The webhook's id", id);
    }

    private static UUID uuid(String what, String id) {
        return Listing.uuid(id)
                .orElseThrow(() -> OperationFaults.invalid(what, id, "it must be a UUID, as lists show it."));
    }
}
