package io.gyre.api.operations;

import io.gyre.event.RotationRequested;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** {@code /operations/v1/dead-letters}: records of the request topics that no worker could read. */
@Path("/operations/v1/dead-letters")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Dead letters")
class DeadLetters {
    private final ViewedDeadLetters letters;

    DeadLetters(ViewedDeadLetters letters) {
        this.letters = letters;
    }

    /** The newest ones. */
    @Schema(name = "DeadLetterPage")
    record Page(List<DeadLetter> deadLetters) {}

    /** What is to be sent in its place. */
    @Schema(name = "MendedRequest")
    record Mended(
            @Schema(description = "The request as it should have been; none where it can be read by now.") @Nullable
            RotationRequested value) {}

    @GET
    @Operation(operationId = "ListDeadLetters", summary = "List the newest dead letters, the latest first")
    @APIResponse(
            responseCode = "200",
            description = "The newest ones, each with the beginning of its value.",
            content = @Content(schema = @Schema(implementation = Page.class)))
    public Uni<Page> listDeadLetters(
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
                    String limit) {
        return letters.newest(limit).map(Page::new);
    }

    @GET
    @Path("/{id}")
    @Operation(operationId = "DescribeDeadLetter", summary = "Show a dead letter with up to 64 KiB of its value")
    @APIResponse(
            responseCode = "200",
            description = "As it came.",
            content = @Content(schema = @Schema(implementation = DeadLetter.class)))
    public Uni<DeadLetter> describeDeadLetter(@RestPath String id) {
        return letters.one(id);
    }

    @POST
    @Path("/{id}/replay")
    @Operation(
            operationId = "ReplayDeadLetter",
            summary = "Send a dead letter to its request topic, mended where it has to be",
            description =
                    "It has to be a request for a rotation that there is. The record stays among the dead letters; a request"
                            + " that comes twice changes nothing.")
    @APIResponse(
            responseCode = "200",
            description = "It is on its way.",
            content = @Content(schema = @Schema(implementation = ViewedDeadLetters.Replayed.class)))
    public Uni<ViewedDeadLetters.Replayed> replayDeadLetter(
            @RestPath String id, @Nullable Mended mended, @Context RoutingContext exchange) {
        return letters.replay(Rotations.caller(exchange), id, mended == null ? null : mended.value());
    }
}
