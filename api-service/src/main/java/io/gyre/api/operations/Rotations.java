package io.gyre.api.operations;

import io.gyre.api.operations.Orders.Given;
import io.gyre.api.operations.ViewedRotations.Wanted;
import io.gyre.api.workers.Verb;
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
import jakarta.ws.rs.core.Response;
import java.util.Objects;
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

/** {@code /operations/v1/rotations}: what they do, and what can be ordered of them. */
@Path("/operations/v1/rotations")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Rotations")
public class Rotations {
    private static final String TAKEN =
            "A worker took the order; the latest entry of the timeline says what became of it.";
    private static final String ORDERED = "It is ordered, and no worker has taken it within 3 s.";

    private final Mutiny.SessionFactory sessions;
    private final ViewedRotations rotations;
    private final Orders orders;

    Rotations(Mutiny.SessionFactory sessions, ViewedRotations rotations, Orders orders) {
        this.sessions = sessions;
        this.rotations = rotations;
        this.orders = orders;
    }

    /** For how long. */
    @Schema(name = "Extension")
    record Extension(
            @Schema(
                    description = "By how many seconds of the calendar: 600 (10 minutes) to 604800 (7 days).",
                    minimum = "600",
                    maximum = "604800",
                    required = true)
            @Nullable
            Long seconds) {}

    @GET
    @Operation(operationId = "ListRotations", summary = "List rotations, the latest request first")
    @APIResponse(
            responseCode = "200",
            description = "One page.",
            content = @Content(schema = @Schema(implementation = RotationPage.class)))
    public Uni<RotationPage> listRotations(
            @Parameter(
                            description = "late: running or waiting, and past the expected time",
                            schema =
                                    @Schema(
                                            type = SchemaType.STRING,
                                            enumeration = {"running", "waiting", "late", "failed", "succeeded"}))
                    @RestQuery
                    @Nullable
                    String state,
            @Parameter(
                            schema =
                                    @Schema(
                                            type = SchemaType.STRING,
                                            enumeration = {"ram", "rds", "ecs"}))
                    @RestQuery
                    @Nullable
                    String type,
            @Parameter(
                            description = "Only those that ended within the last 24 hours of the calendar.",
                            schema =
                                    @Schema(
                                            type = SchemaType.STRING,
                                            enumeration = {"24h"}))
                    @RestQuery
                    @Nullable
                    String ended,
            @Parameter(description = "How the secret's name begins.") @RestQuery @Nullable String secret,
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
        Wanted wanted = new Wanted(state, type, ended, secret, limit, nextToken);
        return sessions.withStatelessSession(
                session -> rotations.page(session, caller(exchange).accountId(), wanted));
    }

    @GET
    @Path("/{id}")
    @Operation(operationId = "DescribeRotation", summary = "Show one rotation with its timeline")
    @APIResponse(
            responseCode = "200",
            description = "The rotation.",
            content = @Content(schema = @Schema(implementation = RotationDetail.class)))
    public Uni<RotationDetail> describeRotation(@RestPath String id, @Context RoutingContext exchange) {
        return sessions.withStatelessSession(
                session -> rotations.one(session, caller(exchange).accountId(), id));
    }

    @POST
    @Path("/{id}/retry")
    @Operation(
            operationId = "RetryRotation",
            summary = "Go on now",
            description =
                    "The next try is made at once; where a person was waited for, the rotation goes on from there.")
    @APIResponse(
            responseCode = "200",
            description = TAKEN,
            content = @Content(schema = @Schema(implementation = RotationDetail.class)))
    @APIResponse(
            responseCode = "202",
            description = ORDERED,
            content = @Content(schema = @Schema(implementation = RotationDetail.class)))
    public Uni<Response> retryRotation(@RestPath String id, @Context RoutingContext exchange) {
        return order(exchange, id, Verb.RETRY, null);
    }

    @POST
    @Path("/{id}/roll-back")
    @Operation(
            operationId = "RollBackRotation",
            summary = "Put secret and target back to how they were before",
            description =
                    "Possible for as long as the former credential is still there, or can be set again. The rotation"
                            + " ends as Failed.")
    @APIResponse(
            responseCode = "200",
            description = TAKEN,
            content = @Content(schema = @Schema(implementation = RotationDetail.class)))
    @APIResponse(
            responseCode = "202",
            description = ORDERED,
            content = @Content(schema = @Schema(implementation = RotationDetail.class)))
    public Uni<Response> rollBackRotation(@RestPath String id, @Context RoutingContext exchange) {
        return order(exchange, id, Verb.ROLL_BACK, null);
    }

    @POST
    @Path("/{id}/give-up")
    @Operation(
            operationId = "GiveUpRotation",
            summary = "End as Failed at once, without touching the target",
            description = "What may be left at the target is listed as an orphan.")
    @APIResponse(
            responseCode = "200",
            description = TAKEN,
            content = @Content(schema = @Schema(implementation = RotationDetail.class)))
    @APIResponse(
            responseCode = "202",
            description = ORDERED,
            content = @Content(schema = @Schema(implementation = RotationDetail.class)))
    public Uni<Response> giveUpRotation(@RestPath String id, @Context RoutingContext exchange) {
        return order(exchange, id, Verb.GIVE_UP, null);
    }

    @POST
    @Path("/{id}/extend")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "ExtendRotation",
            summary = "Let both AccessKeys of a RAM user live on for longer",
            description = "Possible during the overlap.")
    @APIResponse(
            responseCode = "200",
            description = TAKEN,
            content = @Content(schema = @Schema(implementation = RotationDetail.class)))
    @APIResponse(
            responseCode = "202",
            description = ORDERED,
            content = @Content(schema = @Schema(implementation = RotationDetail.class)))
    public Uni<Response> extendRotation(
            @RestPath String id, @Nullable Extension extension, @Context RoutingContext exchange) {
        return order(exchange, id, Verb.EXTEND, Orders.seconds(extension == null ? null : extension.seconds()));
    }

    private Uni<Response> order(RoutingContext exchange, String id, Verb verb, @Nullable Long seconds) {
        return orders.give(caller(exchange), ViewedRotations.id(id), verb, seconds)
                .map(Rotations::answer);
    }

    /** 200 where a worker has taken the order, 202 where none has yet. */
    static Response answer(Given given) {
        return Response.status(given.taken() ? Response.Status.OK : Response.Status.ACCEPTED)
                .entity(given.rotation())
                .build();
    }

    /** The gate let the request through, so there is one. */
    public static AccessKey caller(RoutingContext exchange) {
        return Objects.requireNonNull(OperationsGate.caller(exchange));
    }
}
