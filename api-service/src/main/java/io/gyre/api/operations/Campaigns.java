package io.gyre.api.operations;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.gyre.api.campaign.CampaignOrder;
import io.gyre.api.campaign.CampaignState;
import io.gyre.api.operations.CampaignDryRuns.Look;
import io.gyre.api.waves.CampaignCreation;
import io.gyre.api.waves.CampaignOrders;
import io.gyre.api.waves.CampaignOutcomes;
import io.gyre.api.waves.CampaignRow;
import io.gyre.api.waves.CampaignSecret;
import io.gyre.api.waves.CampaignStore;
import io.gyre.api.waves.NewCampaign;
import io.gyre.api.wire.Authorization;
import io.gyre.api.wire.KmsFaults;
import io.gyre.api.wire.NotPermitted;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** {@code /operations/v1/campaigns}: a selection of secrets, rotated in waves. */
@Path("/operations/v1/campaigns")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Campaigns")
class Campaigns {
    private static final Logger LOG = Logger.getLogger(Campaigns.class);

    private static final String PATH = "campaigns";
    private static final List<String> STANDINGS = List.of("planned", "running", "done", "failed", "skipped");

    /** More of them are shown by a list of their own. */
    private static final int FAILING_SHOWN = 20;

    private final Mutiny.SessionFactory sessions;
    private final CampaignStore store;
    private final CampaignOutcomes outcomes;
    private final CampaignCreation creation;
    private final CampaignOrders orders;
    private final CampaignDryRuns dryRuns;
    private final Authorization authorization;

    Campaigns(
            Mutiny.SessionFactory sessions,
            CampaignStore store,
            CampaignOutcomes outcomes,
            CampaignCreation creation,
            CampaignOrders orders,
            CampaignDryRuns dryRuns,
            Authorization authorization) {
        this.sessions = sessions;
        this.store = store;
        this.outcomes = outcomes;
        this.creation = creation;
        this.orders = orders;
        this.dryRuns = dryRuns;
        this.authorization = authorization;
    }

    /** One page of the list. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "CampaignPage")
    record Page(
            List<CampaignView> campaigns,

            @Schema(description = "Asks for the next page; none on the last one.") @Nullable
            String nextToken) {}

    /** One page of a campaign's secrets. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "CampaignSecretPage")
    record SecretPage(
            List<CampaignDetail.Secret> secrets,

            @Schema(description = "Asks for the next page; none on the last one.") @Nullable
            String nextToken) {}

    /** One page of a dry run. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "CampaignDryRunPage")
    record DryRunPage(
            List<Look> secrets,

            @Schema(description = "Asks for the next page; none on the last one.") @Nullable
            String nextToken) {}

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "CreateCampaign",
            summary = "Fix which secrets are rotated, and in which waves",
            description =
                    "Unless it is to start, nothing begins until ResumeCampaign. The selection never changes afterwards;"
                            + " Generic secrets and those that are planned for deletion are left out.")
    @APIResponse(
            responseCode = "200",
            description = "It is made.",
            content = @Content(schema = @Schema(implementation = CampaignDetail.class)))
    public Uni<CampaignDetail> createCampaign(@Nullable CampaignRequest wanted, @Context RoutingContext exchange) {
        if (wanted == null) {
            throw OperationFaults.missing("name", "say what people are to call the campaign.");
        }
        NewCampaign checked = wanted.checked();
        AccessKey caller = Rotations.caller(exchange);
        return permitProbe(checked, exchange)
                .chain(() -> creation.create(caller, checked))
                .map(Campaigns::created)
                .invoke(id -> LOG.infof(
                        "AccessKey %s (%s) made campaign %s (%s).",
                        caller.id(), caller.principal(), id, checked.name()))
                .chain(id -> detail(caller, id));
    }

    /** Whoever has this process call an address of their choice needs a permission for that alone. */
    private Uni<Void> permitProbe(NewCampaign wanted, RoutingContext exchange) {
        return wanted.probe() == null
                ? Uni.createFrom().voidItem()
                : authorization
                        .permitOperation(Permission.permitted(exchange).part("ProbeOfCampaign", Map.of()), PATH)
                        .onFailure(NotPermitted.class)
                        .transform(refusal -> KmsFaults.noPermission(refusal.missing()));
    }

    private static UUID created(CampaignCreation.Outcome outcome) {
        if (outcome instanceof CampaignCreation.Outcome.Created created) {
            return created.campaign();
        }
        throw outcome instanceof CampaignCreation.Outcome.TooMany
                ? OperationFaults.tooManySelected(CampaignCreation.MOST_SECRETS)
                : OperationFaults.nothingSelected();
    }

    @GET
    @Operation(operationId = "ListCampaigns", summary = "List campaigns, the latest first")
    @APIResponse(
            responseCode = "200",
            description = "One page.",
            content = @Content(schema = @Schema(implementation = Page.class)))
    public Uni<Page> listCampaigns(
            @Parameter(
                            schema =
                                    @Schema(
                                            type = SchemaType.STRING,
                                            enumeration = {
                                                "Running",
                                                "Paused",
                                                "Stopped",
                                                "Ended",
                                                "RollingBack",
                                                "RolledBack"
                                            }))
                    @RestQuery
                    @Nullable
                    String state,
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
        String wanted = state == null || state.isEmpty() ? "" : stateLabel(state);
        int most = Listing.limit(limit);
        Listing.Place after =
                nextToken == null || nextToken.isEmpty() ? Listing.Place.BEGINNING : Listing.Place.of(nextToken);
        String account = Rotations.caller(exchange).accountId();
        return sessions.withStatelessSession(
                        session -> store.page(session, account, wanted, after.requestedAt(), after.rotationId(), most))
                .map(rows -> new Page(
                        rows.stream().map(CampaignView::of).toList(), rows.size() < most ? null : after(rows)));
    }

    private static String stateLabel(String given) {
        return Stream.of(CampaignState.values())
                .map(CampaignState::label)
                .filter(given::equals)
                .findFirst()
                .orElseThrow(() -> OperationFaults.invalid(
                        "state", given, "it must be one of Running, Paused, Stopped, Ended, RollingBack, RolledBack."));
    }

    private static String after(List<CampaignRow> page) {
        CampaignRow last = page.get(page.size() - 1);
        return new Listing.Place(last.createdAt(), last.id()).token();
    }

    @GET
    @Path("/{id}")
    @Operation(operationId = "DescribeCampaign", summary = "Show one campaign with what became of its secrets")
    @APIResponse(
            responseCode = "200",
            description = "The campaign.",
            content = @Content(schema = @Schema(implementation = CampaignDetail.class)))
    public Uni<CampaignDetail> describeCampaign(@RestPath String id, @Context RoutingContext exchange) {
        return detail(Rotations.caller(exchange), campaignId(id));
    }

    @GET
    @Path("/{id}/secrets")
    @Operation(
            operationId = "ListCampaignSecrets",
            summary = "List the secrets of a campaign, in the order in which they begin")
    @APIResponse(
            responseCode = "200",
            description = "One page.",
            content = @Content(schema = @Schema(implementation = SecretPage.class)))
    public Uni<SecretPage> listCampaignSecrets(
            @RestPath String id,
            @Parameter(description = "One of its waves, from 1.", schema = @Schema(type = SchemaType.INTEGER))
                    @RestQuery
                    @Nullable
                    String wave,
            @Parameter(
                            schema =
                                    @Schema(
                                            type = SchemaType.STRING,
                                            enumeration = {"planned", "running", "done", "failed", "skipped"}))
                    @RestQuery
                    @Nullable
                    String standing,
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
        UUID campaign = campaignId(id);
        int ofWave = wave == null || wave.isEmpty() ? 0 : number("wave", wave);
        String wanted = standing == null ? "" : standing;
        if (!wanted.isEmpty() && !STANDINGS.contains(wanted)) {
            throw OperationFaults.invalid(
                    "standing", wanted, "it must be one of " + String.join(", ", STANDINGS) + ".");
        }
        int most = Listing.limit(limit);
        int after = place(nextToken);
        AccessKey caller = Rotations.caller(exchange);
        return sessions.withStatelessSession(session -> existing(session, caller, campaign)
                .chain(row -> outcomes.secrets(session, campaign, ofWave, wanted, after, most))
                .map(page -> new SecretPage(
                        page.stream().map(CampaignDetail.Secret::of).toList(), next(page, most))));
    }

    @POST
    @Path("/{id}/pause")
    @Operation(
            operationId = "PauseCampaign",
            summary = "Begin nothing for now",
            description = "What has begun goes on.")
    @APIResponse(
            responseCode = "200",
            description = "It is paused.",
            content = @Content(schema = @Schema(implementation = CampaignDetail.class)))
    public Uni<CampaignDetail> pauseCampaign(@RestPath String id, @Context RoutingContext exchange) {
        return order(exchange, id, CampaignOrder.PAUSE);
    }

    @POST
    @Path("/{id}/resume")
    @Operation(
            operationId = "ResumeCampaign",
            summary = "Begin, or go on",
            description =
                    "Of one that was stopped, what has failed until now is accepted: it does not stop it once more.")
    @APIResponse(
            responseCode = "200",
            description = "It runs.",
            content = @Content(schema = @Schema(implementation = CampaignDetail.class)))
    public Uni<CampaignDetail> resumeCampaign(@RestPath String id, @Context RoutingContext exchange) {
        return order(exchange, id, CampaignOrder.RESUME);
    }

    @POST
    @Path("/{id}/stop")
    @Operation(
            operationId = "StopCampaign",
            summary = "Begin nothing any more",
            description = "What has begun goes on; RollBackCampaign puts it back.")
    @APIResponse(
            responseCode = "200",
            description = "It is stopped.",
            content = @Content(schema = @Schema(implementation = CampaignDetail.class)))
    public Uni<CampaignDetail> stopCampaign(@RestPath String id, @Context RoutingContext exchange) {
        return order(exchange, id, CampaignOrder.STOP);
    }

    @POST
    @Path("/{id}/roll-back")
    @Operation(
            operationId = "RollBackCampaign",
            summary = "Begin nothing any more, and put back what has begun",
            description =
                    "Orders of each rotation that has not ended that it be rolled back. One that has ended cannot be: the"
                            + " credential before it is retired, and a new rotation replaces what is there.")
    @APIResponse(
            responseCode = "200",
            description = "It is ordered; the counts of the way back tell how far it is.",
            content = @Content(schema = @Schema(implementation = CampaignDetail.class)))
    public Uni<CampaignDetail> rollBackCampaign(@RestPath String id, @Context RoutingContext exchange) {
        return order(exchange, id, CampaignOrder.ROLL_BACK);
    }

    @POST
    @Path("/{id}/dry-run")
    @Operation(
            operationId = "DryRunCampaign",
            summary = "See which of a campaign's rotations would begin",
            description =
                    "Workers look at the targets of those that have not begun, and change nothing. Answers a page within"
                            + " 15 s.")
    @APIResponse(
            responseCode = "200",
            description = "One page.",
            content = @Content(schema = @Schema(implementation = DryRunPage.class)))
    public Uni<DryRunPage> dryRunCampaign(
            @RestPath String id,
            @Parameter(description = "From the page before.") @RestQuery @Nullable String nextToken,
            @Context RoutingContext exchange) {
        UUID campaign = campaignId(id);
        int after = place(nextToken);
        AccessKey caller = Rotations.caller(exchange);
        return sessions.withStatelessSession(session -> existing(session, caller, campaign)
                        .chain(row -> outcomes.secrets(session, campaign, 0, "planned", after, CampaignDryRuns.PAGE)))
                .chain(page ->
                        dryRuns.of(caller, page).map(looks -> new DryRunPage(looks, next(page, CampaignDryRuns.PAGE))));
    }

    private Uni<CampaignDetail> order(RoutingContext exchange, String id, CampaignOrder order) {
        UUID campaign = campaignId(id);
        AccessKey caller = Rotations.caller(exchange);
        return orders.give(caller, campaign, order)
                .invoke(outcome -> refuse(outcome, id, order))
                .invoke(() -> LOG.infof(
                        "AccessKey %s (%s) ordered of campaign %s: %s.",
                        caller.id(), caller.principal(), campaign, order.label()))
                .chain(() -> detail(caller, campaign));
    }

    private static void refuse(CampaignOrders.Outcome outcome, String id, CampaignOrder order) {
        if (outcome instanceof CampaignOrders.Outcome.NotThere) {
            throw OperationFaults.campaignNotFound(id);
        }
        if (outcome instanceof CampaignOrders.Outcome.NotNow now) {
            throw OperationFaults.campaignNotSo(id, now.state(), order);
        }
    }

    private Uni<CampaignDetail> detail(AccessKey caller, UUID campaign) {
        return sessions.withStatelessSession(session -> existing(session, caller, campaign)
                .chain(row -> outcomes.tallies(session, campaign).chain(tallies -> outcomes.waysBack(session, campaign)
                        .chain(ways -> outcomes.secrets(session, campaign, 0, "failed", 0, FAILING_SHOWN)
                                .map(failing -> CampaignDetail.of(row, tallies, ways, failing))))));
    }

    private Uni<CampaignRow> existing(Mutiny.StatelessSession session, AccessKey caller, UUID campaign) {
        return store.find(session, caller.accountId(), campaign)
                .onItem()
                .ifNull()
                .failWith(() -> OperationFaults.campaignNotFound(campaign.toString()));
    }

    private static UUID campaignId(String id) {
        return Listing.uuid(id)
                .orElseThrow(() -> OperationFaults.invalid(
                        "The campaign's id", id, "it must be a UUID, as lists of campaigns show it."));
    }

    private static int place(@Nullable String token) {
        return token == null || token.isEmpty()
                ? 0
                : whole(token).orElseThrow(() -> OperationFaults.invalidToken(token));
    }

    private static int number(String field, String given) {
        return whole(given)
                .filter(number -> number > 0)
                .orElseThrow(() -> OperationFaults.invalid(field, given, "it must be a whole number from 1."));
    }

    private static Optional<Integer> whole(String text) {
        return text.matches("[0-9]{1,9}") ? Optional.of(Integer.parseInt(text)) : Optional.empty();
    }

    private static @Nullable String next(List<CampaignSecret> page, int limit) {
        return page.size() < limit
                ? null
                : Integer.toString(page.get(page.size() - 1).place());
    }
}
