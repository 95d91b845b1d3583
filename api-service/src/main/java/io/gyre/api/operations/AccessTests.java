package io.gyre.api.operations;

import io.gyre.rpc.RpcRequest;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** {@code /operations/v1/access/test}: whether somebody may do something, and which statement says so. */
@Path("/operations/v1/access/test")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Access")
class AccessTests {
    private final ViewedAccess access;

    AccessTests(ViewedAccess access) {
        this.access = access;
    }

    @GET
    @Operation(
            operationId = "TestAccess",
            summary = "Tell whether somebody may do something, and what decides it",
            description =
                    "As a call of theirs would be decided now, by the same policies; nothing is done. Whoever may ask learns"
                            + " what policies say about anybody.")
    @APIResponse(
            responseCode = "200",
            description = "Allowed or not, with the statements that decide.",
            content = @Content(schema = @Schema(implementation = AccessVerdict.class)))
    public Uni<AccessVerdict> testAccess(
            @Parameter(
                            description =
                                    "user/NAME, role/NAME, or root. A role stands for a session of it that nothing limits.",
                            required = true,
                            example = "user/orders")
                    @RestQuery
                    @Nullable
                    String principal,
            @Parameter(
                            description = "A permission, as a policy's Action has it, without wildcards.",
                            required = true,
                            example = "kms:GetSecretValue")
                    @RestQuery
                    @Nullable
                    String action,
            @Parameter(
                            description =
                                    "An ARN, or what stands behind the account in it. None for what calls do to a whole"
                                            + " container.",
                            example = "secret/db/orders")
                    @RestQuery
                    @Nullable
                    String resource,
            @Parameter(
                            description = "For conditions on acs:CurrentTime; now, unless given.",
                            schema = @Schema(type = SchemaType.STRING, format = "date-time"))
                    @RestQuery
                    @Nullable
                    String time,
            @Parameter(description = "For conditions on acs:SourceIp; where this request comes from, unless given.")
                    @RestQuery
                    @Nullable
                    String sourceIp,
            @Parameter(
                            description = "For conditions on acs:SecureTransport; as this request, unless given.",
                            schema = @Schema(type = SchemaType.BOOLEAN))
                    @RestQuery
                    @Nullable
                    String secureTransport,
            @Context RoutingContext exchange) {
        RpcRequest asking = Permission.permitted(exchange);
        return access.test(
                asking.caller().accountId(),
                new ViewedAccess.Wanted(principal, action, resource, time, sourceIp, secureTransport),
                asking.sourceAddress(),
                asking.secure());
    }
}
