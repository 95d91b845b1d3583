package io.gyre.api.operations;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.gyre.api.secrets.Repairs;
import io.gyre.api.secrets.SecretInspections;
import io.gyre.api.workers.WorkersWord;
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
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/**
 * {@code /operations/v1/drift}: secrets whose credentials do not authenticate any more, a look at one of them now, and the order
 * that mends it. Nothing is mended without that order.
 */
@Path("/operations/v1/drift")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Drift")
class Drift {
    private static final Logger LOG = Logger.getLogger(Drift.class);

    /** As for a dry run: a few calls to a cloud and a login. */
    private static final Duration ANSWERED_WITHIN = Duration.ofSeconds(15);

    private final Mutiny.SessionFactory sessions;
    private final SecretInspections secrets;
    private final DriftStore store;
    private final OperationStore rotations;
    private final Repairs repairs;
    private final WorkersWord word;

    Drift(
            Mutiny.SessionFactory sessions,
            SecretInspections secrets,
            DriftStore store,
            OperationStore rotations,
            Repairs repairs,
            WorkersWord word) {
        this.sessions = sessions;
        this.secrets = secrets;
        this.store = store;
        this.rotations = rotations;
        this.repairs = repairs;
        this.word = word;
    }

    /** Which secret. A name may contain slashes, so it stands in no path. */
    @Schema(name = "DriftRequest")
    record Asked(
            @Schema(required = true, examples = "acs/ram/user/payments") @Nullable
            String secretName) {}

    /** One page of the list. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "DriftPage")
    record Page(
            List<DriftView> secrets,

            @Schema(description = "Asks for the next page; none on the last one.") @Nullable
            String nextToken) {}

    @GET
    @Operation(
            operationId = "ListDrift",
            summary = "List the secrets where a look for drift found something, by name",
            description =
                    "Secrets whose credentials were let in at the last look, or not looked at yet, are not listed.")
    @APIResponse(
            responseCode = "200",
            description = "One page.",
            content = @Content(schema = @Schema(implementation = Page.class)))
    public Uni<Page> listDrift(
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
        String prefix = secret == null || secret.isEmpty() ? "" : Listing.name(secret);
        int most = Listing.limit(limit);
        String after = Listing.after(nextToken);
        String account = Rotations.caller(exchange).accountId();
        return sessions.withStatelessSession(session -> store.found(session, account, prefix, after, most))
                .map(page -> new Page(
                        page,
                        page.size() < most
                                ? null
                                : Listing.token(page.get(page.size() - 1).secretName())));
    }

    @POST
    @Path("/check")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "CheckDrift",
            summary = "Look now whether a secret's credentials still authenticate at their target",
            description = "A worker looks and changes nothing at the target. Answers within 15 s.")
    @APIResponse(
            responseCode = "200",
            description = "What the worker found.",
            content = @Content(schema = @Schema(implementation = DriftView.class)))
    public Uni<DriftView> checkDrift(@Nullable Asked asked, @Context RoutingContext exchange) {
        String name = name(asked, "name the secret that is to be looked at.");
        AccessKey caller = Rotations.caller(exchange);
        return lookable(caller, name)
                .invoke(secret -> LOG.infof(
                        "AccessKey %s (%s) asked for a look for drift at %s.", caller.id(), caller.principal(), name))
                .chain(secret -> sessions.withStatelessTransaction(session -> store.ask(session, secret))
                        .chain(looks -> word.within(
                                ANSWERED_WITHIN,
                                () -> sessions.withStatelessSession(session -> store.answer(session, secret, looks)))))
                .chain(answer -> answer.isPresent()
                        ? Uni.createFrom().item(answer.get())
                        // A rotation that began meanwhile is why there is none.
                        : lookable(caller, name).onItem().transformToUni(still -> Uni.createFrom()
                                .failure(OperationFaults.noWorkerAnswered(name, ANSWERED_WITHIN.toSeconds()))));
    }

    @POST
    @Path("/repair")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "RepairSecret",
            summary = "Begin a rotation of a secret whose credential its target refuses",
            description =
                    "Only where a look found that. It is an immediate rotation which does not wait for programs to leave a"
                            + " credential that does not let them in.")
    @APIResponse(
            responseCode = "200",
            description = "The rotation, which a worker takes up at once.",
            content = @Content(schema = @Schema(implementation = RotationDetail.class)))
    public Uni<RotationDetail> repairSecret(@Nullable Asked asked, @Context RoutingContext exchange) {
        String name = name(asked, "name the secret that is to be repaired.");
        AccessKey caller = Rotations.caller(exchange);
        return sessions.withStatelessTransaction(
                        session -> repairs.begin(session, caller.accountId(), name, caller.id())
                                .call(begun -> refuseSound(session, caller, name)))
                .invoke(rotation -> LOG.infof(
                        "AccessKey %s (%s) ordered a repair of %s: rotation %s.",
                        caller.id(), caller.principal(), name, rotation))
                .chain(rotation -> begun(caller, rotation));
    }

    /** After the secret's row is taken, so that the finding is the one that stands as the rotation begins. */
    private Uni<Void> refuseSound(Mutiny.StatelessSession session, AccessKey caller, String name) {
        return store.isRefused(session, caller.accountId(), name)
                .invoke(refused -> {
                    if (!refused) {
                        throw OperationFaults.nothingToRepair(name);
                    }
                })
                .replaceWithVoid();
    }

    private Uni<RotationDetail> begun(AccessKey caller, UUID rotation) {
        return sessions.withStatelessSession(session -> rotations.rotation(session, caller.accountId(), rotation))
                .onItem()
                .ifNull()
                .failWith(() -> OperationFaults.rotationNotFound(rotation.toString()));
    }

    /** The number of a secret that a worker would look at now. */
    private Uni<Long> lookable(AccessKey caller, String name) {
        return sessions.withStatelessSession(session -> secrets.ofRotation(session, caller.accountId(), name))
                .map(inspection -> Objects.requireNonNull(inspection.secretId(), "the secret exists"));
    }

    private static String name(@Nullable Asked asked, String rule) {
        if (asked == null || asked.secretName() == null || asked.secretName().isEmpty()) {
            throw OperationFaults.missing("secretName", rule);
        }
        return asked.secretName();
    }
}
