package io.gyre.api.operations;

import io.gyre.api.calendar.InstallationCalendar;
import io.gyre.api.instances.InstanceStore;
import io.gyre.api.wire.PlainText;
import io.gyre.rpc.AccessKey;
import io.gyre.store.KmsInstance;
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
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** {@code /operations/v1/instances}: the KMS instances of the account, and how long they live. */
@Path("/operations/v1/instances")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Instances")
class Instances {
    private static final Logger LOG = Logger.getLogger(Instances.class);

    private static final int NAME_LIMIT = 128;

    /** Ten years. */
    private static final long LONGEST = 3650;

    private static final String DAYS_RULE = "give days of the calendar, from 1 to " + LONGEST + ".";

    private final Mutiny.SessionFactory sessions;
    private final InstallationCalendar calendar;
    private final InstanceStore store;

    Instances(Mutiny.SessionFactory sessions, InstallationCalendar calendar, InstanceStore store) {
        this.sessions = sessions;
        this.calendar = calendar;
        this.store = store;
    }

    /** Those of an account are few. */
    @Schema(name = "InstanceList")
    record Answer(List<InstanceView> instances) {}

    /** What a new one is to be. */
    @Schema(name = "NewInstance")
    record Wanted(
            @Schema(description = "For people; at most 128 characters.") @Nullable
            String name,

            @Schema(description = "How long it lives, 1 to 3650 days of the calendar; without an end unless given.")
            @Nullable
            Long days) {}

    /** How much longer one is to live. */
    @Schema(name = "Renewal")
    record Renewal(
            @Schema(description = "1 to 3650 days of the calendar.", required = true) @Nullable
            Long days) {}

    @GET
    @Operation(operationId = "ListInstances", summary = "List the KMS instances, the oldest first")
    @APIResponse(
            responseCode = "200",
            description = "All of them; those that were released too.",
            content = @Content(schema = @Schema(implementation = Answer.class)))
    public Uni<Answer> listInstances(@Context RoutingContext exchange) {
        String account = Rotations.caller(exchange).accountId();
        return sessions.withStatelessSession(session -> store.all(session, account))
                .map(all -> new Answer(all.stream().map(InstanceView::of).toList()));
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "CreateInstance", summary = "Create a KMS instance")
    @APIResponse(
            responseCode = "200",
            description = "It runs.",
            content = @Content(schema = @Schema(implementation = InstanceView.class)))
    public Uni<InstanceView> createInstance(@Nullable Wanted wanted, @Context RoutingContext exchange) {
        String name = wanted == null || wanted.name() == null ? "" : wanted.name();
        Long days = wanted == null ? null : wanted.days();
        if (!name.isEmpty() && !PlainText.isName(name, NAME_LIMIT)) {
            throw OperationFaults.invalid("name", name, "it must have at most " + NAME_LIMIT + " characters.");
        }
        Long checked = days == null ? null : checked(days);
        AccessKey caller = Rotations.caller(exchange);
        return sessions.withStatelessTransaction(session -> calendar.now(session)
                        .chain(now -> store.create(session, caller.accountId(), name, checked, now)))
                .invoke(instance -> tell(caller, "created", instance))
                .map(InstanceView::of);
    }

    @POST
    @Path("/{id}/renew")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "RenewInstance",
            summary = "Let a KMS instance live on for longer",
            description =
                    "From its expiry on, or from now where that has passed: then its keys and secrets can be used again."
                            + " Refused once it is released, and for one that does not end.")
    @APIResponse(
            responseCode = "200",
            description = "It runs.",
            content = @Content(schema = @Schema(implementation = InstanceView.class)))
    public Uni<InstanceView> renewInstance(
            @RestPath String id, @Nullable Renewal renewal, @Context RoutingContext exchange) {
        if (renewal == null || renewal.days() == null) {
            throw OperationFaults.missing("days", DAYS_RULE);
        }
        long days = checked(renewal.days());
        AccessKey caller = Rotations.caller(exchange);
        return sessions.withStatelessTransaction(session -> store.locked(session, caller.accountId(), id)
                        .onItem()
                        .ifNull()
                        .failWith(() -> OperationFaults.instanceNotFound(id))
                        .invoke(Instances::refuseUnrenewable)
                        .chain(instance -> store.renew(session, id, days)))
                .invoke(instance -> tell(caller, "renewed", instance))
                .map(InstanceView::of);
    }

    private static void refuseUnrenewable(KmsInstance instance) {
        if (instance.releasedAt() != null) {
            throw OperationFaults.instanceReleased(instance.instanceId());
        }
        if (instance.expiresAt() == null) {
            throw OperationFaults.instanceWithoutEnd(instance.instanceId());
        }
    }

    private static long checked(long days) {
        if (days < 1 || days > LONGEST) {
            throw OperationFaults.invalid("days", Long.toString(days), DAYS_RULE);
        }
        return days;
    }

    private static void tell(AccessKey caller, String done, KmsInstance instance) {
        LOG.infof(
                "AccessKey %s (%s) %s KMS instance %s, which expires: %s.",
                caller.id(), caller.principal(), done, instance.instanceId(), instance.expiresAt());
    }
}
