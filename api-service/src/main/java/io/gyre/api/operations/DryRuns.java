package io.gyre.api.operations;

import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** {@code /operations/v1/dry-runs}: all that a rotation checks before it changes anything. */
@Path("/operations/v1/dry-runs")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Dry runs")
class DryRuns {
    private final TriedRotations looks;

    DryRuns(TriedRotations looks) {
        this.looks = looks;
    }

    /** Of which secret. A name may contain slashes, so it stands in no path. */
    @Schema(name = "DryRunRequest")
    record Asked(
            @Schema(required = true, examples = "acs/ram/user/payments") @Nullable
            String secretName) {}

    @POST
    @Operation(
            operationId = "DryRunRotation",
            summary = "See whether a rotation would begin to change its target",
            description = "A worker looks at the target and changes nothing. Answers within 15 s.")
    @APIResponse(
            responseCode = "200",
            description = "What the worker saw.",
            content = @Content(schema = @Schema(implementation = DryRunView.class)))
    public Uni<DryRunView> dryRunRotation(@Nullable Asked asked, @Context RoutingContext exchange) {
        if (asked == null || asked.secretName() == null || asked.secretName().isEmpty()) {
            throw OperationFaults.missing("secretName", "name the secret whose rotation is to be tried.");
        }
        return looks.look(Rotations.caller(exchange), asked.secretName());
    }
}
