package io.gyre.api.operations;

import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.hibernate.reactive.mutiny.Mutiny;

/** {@code /operations/v1/overview}: what is going on, at a glance. */
@Path("/operations/v1/overview")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Overview")
class Overview {
    private final Mutiny.SessionFactory sessions;
    private final ViewedOverview overview;

    Overview(Mutiny.SessionFactory sessions, ViewedOverview overview) {
        this.sessions = sessions;
        this.overview = overview;
    }

    @GET
    @Operation(
            operationId = "GetOverview",
            summary = "Tell in five numbers what is going on, and what moves now",
            description = "What the console's first page shows.")
    @APIResponse(
            responseCode = "200",
            description = "As of now.",
            content = @Content(schema = @Schema(implementation = OverviewView.class)))
    public Uni<OverviewView> getOverview(@Context RoutingContext exchange) {
        String account = Rotations.caller(exchange).accountId();
        return sessions.withStatelessSession(session -> overview.now(session, account));
    }
}
