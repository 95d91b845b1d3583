package io.gyre.api.operations;

import io.gyre.api.calendar.InstallationCalendar;
import io.gyre.api.operations.ViewedSchedules.WantedWindow;
import io.gyre.api.schedule.ScheduleStore;
import io.gyre.api.wire.PlainText;
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
import org.eclipse.microprofile.openapi.annotations.Operation;
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
 * {@code /operations/v1/schedule}: when secrets are rotated by their policies, the windows in which that may begin, and pauses. A secret's
 * name may contain slashes, so it stands in the query, where the audit log tells it.
 */
@Path("/operations/v1/schedule")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Schedule")
class Schedules {
    private static final Logger LOG = Logger.getLogger(Schedules.class);

    private static final int LONGEST_REASON = 256;

    private static final String NAME = "Of the secret, or its ARN.";
    private static final String SHOWN = "Its schedule by then.";
    private static final String WHOLE = "The whole schedule by then.";

    private final Mutiny.SessionFactory sessions;
    private final InstallationCalendar calendar;
    private final ScheduleStore store;
    private final ViewedSchedules schedules;

    Schedules(
            Mutiny.SessionFactory sessions,
            InstallationCalendar calendar,
            ScheduleStore store,
            ViewedSchedules schedules) {
        this.sessions = sessions;
        this.calendar = calendar;
        this.store = store;
        this.schedules = schedules;
    }

    /** Why. */
    @Schema(name = "PauseReason")
    record Reason(
            @Schema(description = "For people; at most 256 characters.") @Nullable
            String reason) {}

    /** When rotations may begin. */
    @Schema(name = "WindowWanted")
    record WindowWanted(
            @Schema(
                    description = "When it opens: six or seven fields in Quartz's syntax.",
                    examples = "0 0 2 * * ?",
                    required = true)
            @Nullable
            String cron,

            @Schema(
                    description = "By whose clocks: a time zone of the IANA database.",
                    examples = "Asia/Shanghai",
                    required = true)
            @Nullable
            String zone,

            @Schema(description = "How long it stays open: 60 (1 minute) to 604800 (7 days).", required = true)
            @Nullable
            Long seconds) {}

    @GET
    @Operation(
            operationId = "GetSchedule",
            summary = "Tell what is due, what is held, and what is paused",
            description = "Of the secrets that are paused, the first 200 by name.")
    @APIResponse(
            responseCode = "200",
            description = "As of now.",
            content = @Content(schema = @Schema(implementation = WholeScheduleView.class)))
    public Uni<WholeScheduleView> getSchedule(@Context RoutingContext exchange) {
        String account = Rotations.caller(exchange).accountId();
        return sessions.withStatelessSession(session -> whole(session, account));
    }

    @POST
    @Path("/pause")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "PauseRotations",
            summary = "Let no rotation begin by a policy",
            description = "Rotations that run go on, and so do those that are asked for.")
    @APIResponse(
            responseCode = "200",
            description = WHOLE,
            content = @Content(schema = @Schema(implementation = WholeScheduleView.class)))
    public Uni<WholeScheduleView> pauseRotations(@Nullable Reason reason, @Context RoutingContext exchange) {
        String why = reason(reason);
        AccessKey caller = Rotations.caller(exchange);
        return sessions.withStatelessTransaction(session ->
                        store.pauseAll(session, caller.id(), why).chain(() -> whole(session, caller.accountId())))
                .invoke(done -> tell(caller, "paused rotations by policies of", "all secrets" + why(why)));
    }

    @POST
    @Path("/resume")
    @Operation(
            operationId = "ResumeRotations",
            summary = "Let rotations begin by policies again",
            description =
                    "What came due meanwhile begins in its order, spread over as long as the pause was, an hour at"
                            + " most unless it is configured otherwise. Secrets that are paused by themselves stay so.")
    @APIResponse(
            responseCode = "200",
            description = WHOLE,
            content = @Content(schema = @Schema(implementation = WholeScheduleView.class)))
    public Uni<WholeScheduleView> resumeRotations(@Context RoutingContext exchange) {
        AccessKey caller = Rotations.caller(exchange);
        return sessions.withStatelessTransaction(session ->
                        store.resumeAll(session, caller.id()).chain(() -> whole(session, caller.accountId())))
                .invoke(done -> tell(caller, "resumed rotations by policies of", "all secrets"));
    }

    @GET
    @Path("/secret")
    @Operation(
            operationId = "GetSecretSchedule",
            summary = "Tell when a secret is rotated by its policy",
            description = "With its next five rotations, its window, its pause, and what keeps it from being rotated.")
    @APIResponse(
            responseCode = "200",
            description = "As of now.",
            content = @Content(schema = @Schema(implementation = SecretScheduleView.class)))
    public Uni<SecretScheduleView> getSecretSchedule(
            @Parameter(description = NAME) @RestQuery @Nullable String secretName, @Context RoutingContext exchange) {
        AccessKey caller = Rotations.caller(exchange);
        String name = name(secretName, caller);
        return sessions.withStatelessSession(session -> view(session, caller, name));
    }

    @GET
    @Path("/secret/preview")
    @Operation(
            operationId = "PreviewSecretSchedule",
            summary = "Tell what a policy, or a window, would do before it is set",
            description =
                    "Above all whether the secret would be rotated at once, as its last rotation plus the interval is"
                            + " past. What is not given is as it is now. Nothing is changed.")
    @APIResponse(
            responseCode = "200",
            description = "As it would be.",
            content = @Content(schema = @Schema(implementation = SecretScheduleView.class)))
    public Uni<SecretScheduleView> previewSecretSchedule(
            @Parameter(description = NAME) @RestQuery @Nullable String secretName,
            @Parameter(description = "As UpdateSecretRotationPolicy takes it: 6h to 365d.") @RestQuery @Nullable
                    String interval,
            @Parameter(description = "As SetRotationWindow takes it.") @RestQuery @Nullable String cron,
            @Parameter(description = "As SetRotationWindow takes it.") @RestQuery @Nullable String zone,
            @Parameter(description = "As SetRotationWindow takes it.") @RestQuery @Nullable String seconds,
            @Context RoutingContext exchange) {
        AccessKey caller = Rotations.caller(exchange);
        String name = name(secretName, caller);
        WantedWindow window = cron == null && zone == null && seconds == null
                ? null
                : new WantedWindow(cron, zone, seconds == null ? null : number(seconds));
        return sessions.withStatelessSession(
                session -> schedules.preview(session, caller.accountId(), name, interval, window));
    }

    @POST
    @Path("/secret/window")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "SetRotationWindow",
            summary = "Let a secret be rotated by its policy only within a window",
            description = "A rotation begins within the window, and may end after it. What is asked for by RotateSecret"
                    + " begins at any time.")
    @APIResponse(
            responseCode = "200",
            description = SHOWN,
            content = @Content(schema = @Schema(implementation = SecretScheduleView.class)))
    public Uni<SecretScheduleView> setRotationWindow(
            @Parameter(description = NAME) @RestQuery @Nullable String secretName,
            @Nullable WindowWanted wanted,
            @Context RoutingContext exchange) {
        AccessKey caller = Rotations.caller(exchange);
        String name = name(secretName, caller);
        WantedWindow given = wanted == null
                ? new WantedWindow(null, null, null)
                : new WantedWindow(wanted.cron(), wanted.zone(), wanted.seconds());
        return sessions.withStatelessTransaction(session -> schedules
                        .managed(session, caller.accountId(), name)
                        .chain(() -> calendar.now(session))
                        .chain(now -> store.setWindow(session, caller.accountId(), name, given.checked(now.calendar())))
                        .chain(() -> view(session, caller, name)))
                .invoke(done -> tell(caller, "set the rotation window of", name));
    }

    @POST
    @Path("/secret/window/clear")
    @Operation(operationId = "ClearRotationWindow", summary = "Let a secret be rotated by its policy at any time again")
    @APIResponse(
            responseCode = "200",
            description = SHOWN,
            content = @Content(schema = @Schema(implementation = SecretScheduleView.class)))
    public Uni<SecretScheduleView> clearRotationWindow(
            @Parameter(description = NAME) @RestQuery @Nullable String secretName, @Context RoutingContext exchange) {
        AccessKey caller = Rotations.caller(exchange);
        String name = name(secretName, caller);
        return sessions.withStatelessTransaction(session -> schedules
                        .managed(session, caller.accountId(), name)
                        .chain(() -> store.setWindow(session, caller.accountId(), name, null))
                        .chain(() -> view(session, caller, name)))
                .invoke(done -> tell(caller, "cleared the rotation window of", name));
    }

    @POST
    @Path("/secret/pause")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "PauseSecretRotation",
            summary = "Let no rotation of a secret begin by its policy",
            description = "One that runs goes on, and RotateSecret begins one.")
    @APIResponse(
            responseCode = "200",
            description = SHOWN,
            content = @Content(schema = @Schema(implementation = SecretScheduleView.class)))
    public Uni<SecretScheduleView> pauseSecretRotation(
            @Parameter(description = NAME) @RestQuery @Nullable String secretName,
            @Nullable Reason reason,
            @Context RoutingContext exchange) {
        AccessKey caller = Rotations.caller(exchange);
        String name = name(secretName, caller);
        String why = reason(reason);
        return sessions.withStatelessTransaction(session -> schedules
                        .managed(session, caller.accountId(), name)
                        .chain(() -> store.pause(session, caller.accountId(), name, caller.id(), why))
                        .chain(() -> view(session, caller, name)))
                .invoke(done -> tell(caller, "paused rotations by the policy of", name + why(why)));
    }

    @POST
    @Path("/secret/resume")
    @Operation(
            operationId = "ResumeSecretRotation",
            summary = "Let rotations of a secret begin by its policy again",
            description = "Where its date passed meanwhile, it is rotated at once.")
    @APIResponse(
            responseCode = "200",
            description = SHOWN,
            content = @Content(schema = @Schema(implementation = SecretScheduleView.class)))
    public Uni<SecretScheduleView> resumeSecretRotation(
            @Parameter(description = NAME) @RestQuery @Nullable String secretName, @Context RoutingContext exchange) {
        AccessKey caller = Rotations.caller(exchange);
        String name = name(secretName, caller);
        return sessions.withStatelessTransaction(session -> schedules
                        .managed(session, caller.accountId(), name)
                        .chain(() -> store.resume(session, caller.accountId(), name))
                        .chain(() -> view(session, caller, name)))
                .invoke(done -> tell(caller, "resumed rotations by the policy of", name));
    }

    private Uni<WholeScheduleView> whole(Mutiny.StatelessSession session, String account) {
        return store.whole(session).chain(whole -> store.paused(session, account, WholeScheduleView.MOST_PAUSED)
                .map(paused -> WholeScheduleView.of(whole, paused)));
    }

    private Uni<SecretScheduleView> view(Mutiny.StatelessSession session, AccessKey caller, String name) {
        return schedules.now(session, caller.accountId(), name);
    }

    private String name(@Nullable String given, AccessKey caller) {
        return schedules.name(given, caller.accountId());
    }

    private static @Nullable String reason(@Nullable Reason given) {
        String reason = given == null ? null : given.reason();
        if (reason == null || reason.isEmpty()) {
            return null;
        }
        if (!PlainText.isName(reason, LONGEST_REASON)) {
            throw OperationFaults.invalid(
                    "reason",
                    reason,
                    "it must have at most " + LONGEST_REASON + " characters, none of them a line break.");
        }
        return reason;
    }

    private static String why(@Nullable String reason) {
        return reason == null ? "" : " (" + reason + ")";
    }

    private static long number(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw OperationFaults.invalid("seconds", text, "it must be a whole number.");
        }
    }

    private static void tell(AccessKey caller, String done, String what) {
        LOG.infof("AccessKey %s (%s) %s %s.", caller.id(), caller.principal(), done, what);
    }
}
