package io.gyre.api.operations;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.gyre.api.secrets.SecretInspections;
import io.gyre.api.workers.InspectionAnswer;
import io.gyre.api.workers.Inspections;
import io.gyre.rpc.AccessKey;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** {@code /operations/v1/dry-runs}: all that a rotation checks before it changes anything. */
@Path("/operations/v1/dry-runs")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Dry runs")
class DryRuns {
    private static final Logger LOG = Logger.getLogger(DryRuns.class);

    /** A look is a few calls to a cloud and perhaps a login; a worker is there within its sweep. */
    private static final Duration ANSWERED_WITHIN = Duration.ofSeconds(15);

    private final Mutiny.SessionFactory sessions;
    private final SecretInspections secrets;
    private final Inspections inspections;

    DryRuns(Mutiny.SessionFactory sessions, SecretInspections secrets, Inspections inspections) {
        this.sessions = sessions;
        this.secrets = secrets;
        this.inspections = inspections;
    }

    /** Of which secret. A name may contain slashes, so it stands in no path. */
    @Schema(name = "DryRunRequest")
    record Asked(
            @Schema(required = true, examples = "acs/ram/user/payments") @Nullable
            String secretName) {}

    /** What a worker saw. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "DryRun")
    record Answer(
            String secretName,

            @Schema(description = "Whether a rotation would begin to change the target.")
            boolean passed,

            @Schema(description = "What was seen, in sentences.")
            List<String> report,

            @Schema(description = "What speaks against it, and what to do; none where it passed.") @Nullable
            String finding) {}

    @POST
    @Operation(
            operationId = "DryRunRotation",
            summary = "See whether a rotation would begin to change its target",
            description = "A worker looks at the target and changes nothing. Answers within 15 s.")
    @APIResponse(
            responseCode = "200",
            description = "What the worker saw.",
            content = @Content(schema = @Schema(implementation = Answer.class)))
    public Uni<Answer> dryRunRotation(@Nullable Asked asked, @Context RoutingContext exchange) {
        if (asked == null || asked.secretName() == null || asked.secretName().isEmpty()) {
            throw OperationFaults.missing("secretName", "name the secret whose rotation is to be tried.");
        }
        return look(Rotations.caller(exchange), asked.secretName());
    }

    /**
     * Has a worker look at the target of a secret.
     *
     * @return fails with an RpcFault where the rotation itself would be refused, or no worker answers
     */
    Uni<Answer> look(AccessKey caller, String name) {
        return sessions.withStatelessSession(session -> secrets.ofRotation(session, caller.accountId(), name))
                .invoke(inspection -> LOG.infof(
                        "AccessKey %s (%s) asked for a dry run of the rotation of %s.",
                        caller.id(), caller.principal(), name))
                .chain(inspection -> inspections.answer(inspection, ANSWERED_WITHIN))
                .map(answer -> answer.map(seen -> answer(name, seen))
                        .orElseThrow(() -> OperationFaults.noWorkerAnswered(name, ANSWERED_WITHIN.toSeconds())));
    }

    private static Answer answer(String name, InspectionAnswer seen) {
        return new Answer(name, seen.passed(), seen.report(), seen.finding());
    }
}
