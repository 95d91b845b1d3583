package io.gyre.api.console;

import io.gyre.api.operations.Rotations;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
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

/** {@code /operations/v1/console-logins}: from an AccessKey to the console, without a password. */
@Path("/operations/v1/console-logins")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Console")
class ConsoleLogins {
    private final LoginLinks links;

    ConsoleLogins(LoginLinks links) {
        this.links = links;
    }

    /** The way into the console, once. It logs in whoever has it, so it does not print its URL. */
    @Schema(name = "ConsoleLogin")
    record ConsoleLogin(
            @Schema(description = "Logs in whoever opens it first, as whoever asked for it.", required = true)
            String url,

            @Schema(description = "How long it waits for that.", required = true)
            long validForSeconds) {
        @Override
        public String toString() {
            return "ConsoleLogin[" + validForSeconds + " s]";
        }
    }

    @POST
    @Operation(
            operationId = "CreateConsoleLogin",
            summary = "Make a link that logs in to the console once",
            description = "As the user, or the account, whose AccessKey signed; a role's session gets none. The session"
                    + " ends at once when that key is disabled or deleted.")
    @APIResponse(
            responseCode = "200",
            description = "The link. Whoever has it is logged in: show it to nobody.",
            content = @Content(schema = @Schema(implementation = ConsoleLogin.class)))
    public Uni<ConsoleLogin> createConsoleLogin(@Context RoutingContext exchange) {
        return links.make(Rotations.caller(exchange)).map(url -> new ConsoleLogin(url, LoginLinks.LIFE.toSeconds()));
    }
}
