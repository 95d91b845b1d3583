package io.gyre.api.operations;

import io.gyre.api.calendar.InstallationCalendar;
import io.gyre.api.instances.InstanceKeyRotation;
import io.gyre.api.instances.InstanceStore;
import io.gyre.envelope.EnvelopeException;
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
import java.util.Base64;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** {@code /operations/v1/instances}: the KMS instances of the account, and how long they live. */
@Path("/operations/v1/instances")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Instances")
class Instances {
    /** The account's share of KMS 1.0, as the views of secrets call it. */
    private static final String SHARE = "kms-1.0";

    private final Mutiny.SessionFactory sessions;
    private final InstallationCalendar calendar;
    private final InstanceStore store;
    private final BackupDesk desk;
    private final InstanceKeyRotation keyRotation;
    private final ViewedInstances instances;

    Instances(
            Mutiny.SessionFactory sessions,
            InstallationCalendar calendar,
            InstanceStore store,
            BackupDesk desk,
            InstanceKeyRotation keyRotation,
            ViewedInstances instances) {
        this.sessions = sessions;
        this.calendar = calendar;
        this.store = store;
        this.desk = desk;
        this.keyRotation = keyRotation;
        this.instances = instances;
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

    /** What a rotation of an instance's key did. */
    @Schema(name = "InstanceKeyRotated")
    record KeyRotated(
            String instanceId,

            @Schema(description = "How many materials of keys the new key wraps.")
            int materials) {}

    /** What a backup is sealed under. */
    @Schema(name = "BackupWanted")
    record BackupWanted(
            @Schema(description = "16 to 128 characters; without it the backup cannot be opened.", required = true)
            @Nullable
            String passphrase) {
        @Override
        public String toString() {
            return "***";
        }
    }

    /** A backup. */
    @Schema(name = "Backup")
    record BackupTaken(
            String instanceId,

            int keys,

            int secrets,

            int versions,

            @Schema(description = "The file, in Base64.") String backup) {}

    /** What is to be restored. */
    @Schema(name = "RestoreWanted")
    record RestoreWanted(
            @Schema(description = "The backup was sealed under it.", required = true) @Nullable
            String passphrase,

            @Schema(description = "The file, in Base64.", required = true) @Nullable
            String backup,

            @Schema(description = "Of the new instance; as it was called before unless given.") @Nullable
            String name,

            @Schema(description = "How long it lives, 1 to 3650 days of the calendar; without an end unless given.")
            @Nullable
            Long days) {
        @Override
        public String toString() {
            return "***";
        }
    }

    /** What was restored. */
    @Schema(name = "Restored")
    record RestoredView(InstanceView instance, int keys, int secrets, int versions) {}

    @GET
    @Operation(operationId = "ListInstances", summary = "List the KMS instances, the oldest first")
    @APIResponse(
            responseCode = "200",
            description = "All of them; those that were released too.",
            content = @Content(schema = @Schema(implementation = Answer.class)))
    public Uni<Answer> listInstances(@Context RoutingContext exchange) {
        String account = Rotations.caller(exchange).accountId();
        return sessions.withStatelessSession(session -> instances.all(session, account))
                .map(Answer::new);
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "CreateInstance", summary = "Create a KMS instance")
    @APIResponse(
            responseCode = "200",
            description = "It runs.",
            content = @Content(schema = @Schema(implementation = InstanceView.class)))
    public Uni<InstanceView> createInstance(@Nullable Wanted wanted, @Context RoutingContext exchange) {
        String name = BackupDesk.checkedName(wanted == null ? null : wanted.name());
        Long days = wanted == null ? null : wanted.days();
        Long checked = days == null ? null : ViewedInstances.checked(days);
        AccessKey caller = Rotations.caller(exchange);
        return sessions.withStatelessTransaction(session -> calendar.now(session)
                        .chain(now -> store.create(session, caller.accountId(), name, checked, now)))
                .invoke(instance -> BackupDesk.tell(caller, "created", instance))
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
        return instances.renew(Rotations.caller(exchange), id, renewal == null ? null : renewal.days());
    }

    @POST
    @Path("/{id}/rotate-key")
    @Operation(
            operationId = "RotateInstanceKey",
            summary = "Give a KMS instance another key",
            description =
                    "The material of its keys is wrapped by the new one, in one transaction: whole or not at all. What is"
                            + " encrypted stays as it is. kms-1.0 stands for the account's share of KMS 1.0.")
    @APIResponse(
            responseCode = "200",
            description = "It has another key.",
            content = @Content(schema = @Schema(implementation = KeyRotated.class)))
    public Uni<KeyRotated> rotateInstanceKey(@RestPath String id, @Context RoutingContext exchange) {
        AccessKey caller = Rotations.caller(exchange);
        String instanceId = id.equals(SHARE) ? KmsInstance.sharedBy(caller.accountId()) : id;
        return sessions.withStatelessTransaction(session -> keyRotation.rotate(session, caller.accountId(), instanceId))
                .onFailure(InstanceKeyRotation.Busy.class)
                .transform(busy -> OperationFaults.instanceBusy(id))
                .onFailure(EnvelopeException.class)
                .transform(shut -> OperationFaults.instanceKeyStuck(id, shut))
                .map(outcome -> {
                    if (outcome instanceof InstanceKeyRotation.Outcome.NotThere) {
                        throw OperationFaults.instanceNotFound(id);
                    }
                    if (outcome instanceof InstanceKeyRotation.Outcome.Released) {
                        throw OperationFaults.noKeyToRotate(id);
                    }
                    InstanceKeyRotation.Outcome.Done done = (InstanceKeyRotation.Outcome.Done) outcome;
                    BackupDesk.tell(caller, "rotated the key of", done.instance());
                    return new KeyRotated(id, done.materials());
                });
    }

    @POST
    @Path("/{id}/back-up")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "BackUpInstance",
            summary = "Take a backup of a KMS instance",
            description =
                    "All its keys and secrets as of one moment, sealed under a passphrase; also of an instance that has"
                            + " expired, until it is released.")
    @APIResponse(
            responseCode = "200",
            description = "The backup.",
            content = @Content(schema = @Schema(implementation = BackupTaken.class)))
    public Uni<BackupTaken> backUpInstance(
            @RestPath String id, @Nullable BackupWanted wanted, @Context RoutingContext exchange) {
        return desk.backUp(Rotations.caller(exchange), id, wanted == null ? null : wanted.passphrase())
                .map(taken -> new BackupTaken(id, taken.keys(), taken.secrets(), taken.versions(), taken.base64()));
    }

    @POST
    @Path("/restore")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "RestoreInstance",
            summary = "Restore a backup into a new KMS instance",
            description =
                    "Whole or not at all. Keys and secrets keep their ids and names; those of a released instance make way,"
                            + " any others are in the way. Nothing is rotated or deleted by a restore: dates that have"
                            + " passed begin anew.")
    @APIResponse(
            responseCode = "200",
            description = "It runs.",
            content = @Content(schema = @Schema(implementation = RestoredView.class)))
    public Uni<RestoredView> restoreInstance(@Nullable RestoreWanted wanted, @Context RoutingContext exchange) {
        if (wanted == null || wanted.backup() == null) {
            throw OperationFaults.missing("backup", "give the file in Base64.");
        }
        return desk.restore(
                        Rotations.caller(exchange),
                        file(wanted.backup()),
                        wanted.passphrase(),
                        wanted.name(),
                        wanted.days())
                .map(restored -> new RestoredView(
                        InstanceView.of(restored.instance()),
                        restored.keys(),
                        restored.secrets(),
                        restored.versions()));
    }

    private static byte[] file(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw OperationFaults.backupUnreadable();
        }
    }
}
