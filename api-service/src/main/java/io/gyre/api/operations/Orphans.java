package io.gyre.api.operations;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** {@code /operations/v1/orphans}: credentials that Gyre made at a target and that no program is given. */
@Path("/operations/v1/orphans")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Orphans")
class Orphans {
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

    private final Mutiny.SessionFactory sessions;
    private final OperationStore store;
    private final Orders orders;

    Orphans(Mutiny.SessionFactory sessions, OperationStore store, Orders orders) {
        this.sessions = sessions;
        this.store = store;
        this.orders = orders;
    }

    /** One page of the list. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "OrphanPage")
    record Page(
            List<Orphan> orphans,

            @Schema(description = "Asks for the next page; none on the last one.") @Nullable
            String nextToken) {}

    @GET
    @Operation(operationId = "ListOrphans", summary = "List what is left at targets, the oldest first")
    @APIResponse(
            responseCode = "200",
            description = "One page.",
            content = @Content(schema = @Schema(implementation = Page.class)))
    public Uni<Page> listOrphans(
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
            @Parameter(description = "From the page before.") @RestQuery @Nullable String nextToken,
            @Context RoutingContext exchange) {
        int size = Listing.limit(limit);
        long after = nextToken == null || nextToken.isEmpty()
                ? 0
                : number("nextToken", nextToken, "give one that a list answered with, unchanged.");
        String account = Rotations.caller(exchange).accountId();
        return sessions.withStatelessSession(session -> store.orphansLeft(session, account, after, size))
                .map(page -> new Page(page, page.size() < size ? null : after(page)));
    }

    @POST
    @Path("/{id}/remove")
    @Operation(
            operationId = "RemoveOrphan",
            summary = "Remove an orphan from its target",
            description =
                    "Its rotation is rolled back for that, and opened again where it has ended: so it is refused while"
                            + " another rotation of the same secret has not ended.")
    @APIResponse(
            responseCode = "200",
            description = "A worker took it; the latest entry of the timeline says what became of it.",
            content = @Content(schema = @Schema(implementation = RotationDetail.class)))
    @APIResponse(
            responseCode = "202",
            description = "It is ordered, and no worker has taken it within 3 s.",
            content = @Content(schema = @Schema(implementation = RotationDetail.class)))
    public Uni<Response> removeOrphan(
            @Parameter(schema = @Schema(type = SchemaType.INTEGER, format = "int64")) @RestPath String id,
            @Context RoutingContext exchange) {
        long orphan = number("The orphan's id", id, "it must be a number, as the list of orphans shows it.");
        return orders.remove(Rotations.caller(exchange), orphan).map(Rotations::answer);
    }

    private static long number(String what, String text, String rule) {
        if (!NUMBER.matcher(text).matches()) {
            throw OperationFaults.invalid(what, text, rule);
        }
        return Long.parseLong(text);
    }

    private static String after(List<Orphan> page) {
        return Long.toString(page.get(page.size() - 1).orphanId());
    }
}
