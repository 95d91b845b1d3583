package io.gyre.api.operations;

import io.gyre.api.calendar.InstallationCalendar;
import io.gyre.api.ram.RamArn;
import io.gyre.api.ram.RotationRole;
import io.gyre.api.ram.SystemPolicies;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
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
import org.hibernate.reactive.mutiny.Mutiny;

/** {@code /operations/v1/service-roles/ram-rotation}: the account's consent to the rotation of RAM secrets. */
@Path("/operations/v1/service-roles/ram-rotation")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Service roles")
class ServiceRoles {
    private final Mutiny.SessionFactory sessions;
    private final InstallationCalendar calendar;
    private final RotationRole role;

    ServiceRoles(Mutiny.SessionFactory sessions, InstallationCalendar calendar, RotationRole role) {
        this.sessions = sessions;
        this.calendar = calendar;
        this.role = role;
    }

    /** A role that a service of the account may take on. */
    @Schema(name = "ServiceRole")
    record ServiceRole(
            @Schema(description = "Its ARN, whether or not it is there.", required = true)
            String roleArn,

            @Schema(description = "What it permits, as a system policy.", required = true)
            String policyName,

            @Schema(description = "Whether RAM secrets can be created.", required = true)
            boolean granted,

            @Schema(description = "Whether there is the role.", required = true)
            boolean roleExists,

            @Schema(description = "Whether it lets KMS take it on.", required = true)
            boolean trustsService,

            @Schema(description = "Whether the policy is attached to it.", required = true)
            boolean policyAttached) {

        static ServiceRole of(String account, RotationRole.State state) {
            return new ServiceRole(
                    RamArn.role(account, RotationRole.NAME),
                    SystemPolicies.RAM_ROTATION,
                    state.granted(),
                    state.exists(),
                    state.trustsService(),
                    state.policyAttached());
        }
    }

    @GET
    @Operation(operationId = "GetServiceRole", summary = "Tell whether the rotation of RAM secrets is granted its role")
    @APIResponse(
            responseCode = "200",
            description = "How far it is granted.",
            content = @Content(schema = @Schema(implementation = ServiceRole.class)))
    public Uni<ServiceRole> getServiceRole(@Context RoutingContext exchange) {
        String account = Rotations.caller(exchange).accountId();
        return sessions.withStatelessSession(session -> role.state(session, account))
                .map(state -> ServiceRole.of(account, state));
    }

    @POST
    @Operation(
            operationId = "GrantServiceRole",
            summary = "Grant the rotation of RAM secrets its role",
            description =
                    "The same as CreateRole and AttachPolicyToRole of the RAM API. Who may not call those two may not"
                            + " call this. What is granted already stays so.")
    @APIResponse(
            responseCode = "200",
            description = "It is granted.",
            content = @Content(schema = @Schema(implementation = ServiceRole.class)))
    public Uni<ServiceRole> grantServiceRole(@Context RoutingContext exchange) {
        String account = Rotations.caller(exchange).accountId();
        return sessions.withStatelessTransaction(
                        session -> calendar.now(session).chain(now -> role.grant(session, account, now)))
                .map(state -> ServiceRole.of(account, state));
    }
}
