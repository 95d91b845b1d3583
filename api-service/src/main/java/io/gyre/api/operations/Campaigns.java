package io.gyre.api.operations;

import io.gyre.api.campaign.CampaignOrder;
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
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** {@code /operations/v1/campaigns}: a selection of secrets, rotated in waves. */
@Path("/operations/v1/campaigns")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Campaigns")
class Campaigns {
    private static final String PATH = "campaigns";

    private final ViewedCampaigns campaigns;
    private final Authorization authorization;

    Campaigns(ViewedCampaigns campaigns, Authorization authorization) {
        this.campaigns = campaigns;
        this.authorization = authorization;
    }

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
        return permitProbe(checked, exchange).chain(() -> campaigns.create(caller, checked));
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

    @GET
    @Operation(operationId = "ListCampaigns", summary = "List campaigns, the latest first")
    @APIResponse(
            responseCode = "200",
            description = "One page.",
            content = @Content(schema = @Schema(implementation = CampaignPage.class)))
    public Uni<CampaignPage> listCampaigns(
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
        return campaigns.page(Rotations.caller(exchange).accountId(), state, limit, nextToken);
    }

    @GET
    @Path("/{id}")
    @Operation(operationId = "DescribeCampaign", summary = "Show one campaign with what became of its secrets")
    @APIResponse(
            responseCode = "200",
            description = "The campaign.",
            content = @Content(schema = @Schema(implementation = CampaignDetail.class)))
    public Uni<CampaignDetail> describeCampaign(@RestPath String id, @Context RoutingContext exchange) {
        return campaigns.one(Rotations.caller(exchange).accountId(), id);
    }

    @GET
    @Path("/{id}/secrets")
    @Operation(
            operationId = "ListCampaignSecrets",
            summary = "List the secrets of a campaign, in the order in which they begin")
    @APIResponse(
            responseCode = "200",
            description = "One page.",
            content = @Content(schema = @Schema(implementation = CampaignSecretPage.class)))
    public Uni<CampaignSecretPage> listCampaignSecrets(
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
        return campaigns.secrets(Rotations.caller(exchange).accountId(), id, wave, standing, limit, nextToken);
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
            content = @Content(schema = @Schema(implementation = CampaignDryRunPage.class)))
    public Uni<CampaignDryRunPage> dryRunCampaign(
            @RestPath String id,
            @Parameter(description = "From the page before.") @RestQuery @Nullable String nextToken,
            @Context RoutingContext exchange) {
        return campaigns.dryRun(Rotations.caller(exchange), id, nextToken);
    }

    private Uni<CampaignDetail> order(RoutingContext exchange, String id, CampaignOrder order) {
        return campaigns.order(Rotations.caller(exchange), id, order);
    }
}
