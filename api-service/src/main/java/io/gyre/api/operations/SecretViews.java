package io.gyre.api.operations;

import io.gyre.api.operations.ViewedSecrets.Wanted;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/**
 * {@code /operations/v1/secrets}: those of KMS instances, as the 3.0 console shows them, or those of KMS 1.0, which were created
 * without one; each view says how many are in the other (FAQ, "Secrets created in KMS 1.0 are not visible").
 */
@Path("/operations/v1/secrets")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Secrets")
class SecretViews {
    private final Mutiny.SessionFactory sessions;
    private final ViewedSecrets secrets;

    SecretViews(Mutiny.SessionFactory sessions, ViewedSecrets secrets) {
        this.sessions = sessions;
        this.secrets = secrets;
    }

    @GET
    @Operation(
            operationId = "ListSecretsOfView",
            summary = "List the secrets of KMS instances, or those of KMS 1.0, by name",
            description = "No secret is in both views; each says how many are in the other.")
    @APIResponse(
            responseCode = "200",
            description = "One page.",
            content = @Content(schema = @Schema(implementation = SecretPage.class)))
    public Uni<SecretPage> listSecretsOfView(
            @Parameter(
                            description = "instances unless it is given",
                            schema =
                                    @Schema(
                                            type = SchemaType.STRING,
                                            enumeration = {"instances", "kms-1.0"}))
                    @RestQuery
                    @Nullable
                    String view,
            @Parameter(description = "The id of the KMS instance that they are managed in.") @RestQuery @Nullable
                    String instance,
            @Parameter(
                            description =
                                    "Only those whose policy begins a rotation within the next 24 hours of the calendar, or should have.",
                            schema =
                                    @Schema(
                                            type = SchemaType.STRING,
                                            enumeration = {"24h"}))
                    @RestQuery
                    @Nullable
                    String due,
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
        String account = Rotations.caller(exchange).accountId();
        Wanted wanted = new Wanted(view, instance, due, secret, limit, nextToken);
        return sessions.withStatelessSession(session -> secrets.page(session, account, wanted));
    }
}
