package io.gyre.api.operations;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.persistence.Tuple;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.List;
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
    private static final String ROWS = """
            SELECT s.name, s.secret_type, s.instance_id, s.rotation_status, s.next_rotation_at,
                i.released_at IS NULL AND instance_usable(i.expires_at) AS usable
            FROM secret s
            JOIN kms_key k ON k.key_id = s.key_id
            JOIN kms_instance i ON i.instance_id = k.instance_id
            WHERE s.account_id = :account AND (s.instance_id IS NOT NULL) = :managed
              AND s.name > :after AND starts_with(s.name, :prefix)
            ORDER BY s.name LIMIT :limit
            """;

    private static final String ELSEWHERE = """
            SELECT count(*) FROM secret
            WHERE account_id = :account AND (instance_id IS NOT NULL) <> :managed AND starts_with(name, :prefix)
            """;

    private final Mutiny.SessionFactory sessions;

    SecretViews(Mutiny.SessionFactory sessions) {
        this.sessions = sessions;
    }

    /** A secret without its value. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "SecretSummary")
    record Row(
            String name,

            @Schema(enumeration = {"Generic", "Rds", "RAMCredentials", "ECS"})
            String secretType,

            @Schema(
                    description = "Unavailable where its KMS instance has expired or was released.",
                    enumeration = {"Available", "Unavailable"})
            String status,

            @Schema(description = "None for a secret of KMS 1.0.") @Nullable
            String instanceId,

            @Schema(enumeration = {"Enabled", "Disabled", "Invalid"})
            String rotationStatus,

            @Schema(description = "On the calendar; none where it is not rotated by a policy.") @Nullable
            Instant nextRotationAt) {}

    /** What is not shown here. */
    @Schema(name = "Elsewhere")
    record Elsewhere(
            @Schema(
                    description = "The other view.",
                    enumeration = {"instances", "kms-1.0"})
            String view,

            long count,

            @Schema(description = "The same in a sentence.") String note) {}

    /** One page of a view. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "SecretPage")
    record Page(
            String view,

            List<Row> secrets,

            Elsewhere elsewhere,

            @Schema(description = "Asks for the next page; none on the last one.") @Nullable
            String nextToken) {}

    @GET
    @Operation(
            operationId = "ListSecretsOfView",
            summary = "List the secrets of KMS instances, or those of KMS 1.0, by name",
            description = "No secret is in both views; each says how many are in the other.")
    @APIResponse(
            responseCode = "200",
            description = "One page.",
            content = @Content(schema = @Schema(implementation = Page.class)))
    public Uni<Page> listSecretsOfView(
            @Parameter(
                            description = "instances unless it is given",
                            schema =
                                    @Schema(
                                            type = SchemaType.STRING,
                                            enumeration = {"instances", "kms-1.0"}))
                    @RestQuery
                    @Nullable
                    String view,
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
        boolean managed = managed(view);
        String prefix = secret == null || secret.isEmpty() ? "" : Listing.name(secret);
        int most = Listing.limit(limit);
        String after = after(nextToken);
        String account = Rotations.caller(exchange).accountId();
        return sessions.withStatelessSession(session -> session.createNativeQuery(ROWS, Tuple.class)
                .setParameter("account", account)
                .setParameter("managed", managed)
                .setParameter("after", after)
                .setParameter("prefix", prefix)
                .setParameter("limit", most)
                .getResultList()
                .chain(rows -> session.createNativeQuery(ELSEWHERE, Long.class)
                        .setParameter("account", account)
                        .setParameter("managed", managed)
                        .setParameter("prefix", prefix)
                        .getSingleResult()
                        .map(others -> page(
                                managed, rows.stream().map(SecretViews::row).toList(), others, most))));
    }

    private static Page page(boolean managed, List<Row> rows, long others, int limit) {
        return new Page(
                word(managed),
                rows,
                new Elsewhere(
                        word(!managed),
                        others,
                        managed
                                ? others
                                        + " secrets were created without a KMS instance (KMS 1.0): view=kms-1.0 lists them."
                                : others + " secrets are managed in KMS instances: view=instances lists them."),
                rows.size() < limit ? null : token(rows.get(rows.size() - 1).name()));
    }

    private static Row row(Tuple row) {
        OffsetDateTime next = row.get("next_rotation_at", OffsetDateTime.class);
        return new Row(
                row.get("name", String.class),
                row.get("secret_type", String.class),
                row.get("usable", Boolean.class) ? "Available" : "Unavailable",
                row.get("instance_id", String.class),
                row.get("rotation_status", String.class),
                next == null ? null : next.toInstant());
    }

    private static boolean managed(@Nullable String view) {
        if (view == null || view.isEmpty() || view.equals(word(true))) {
            return true;
        }
        if (view.equals(word(false))) {
            return false;
        }
        throw OperationFaults.invalid("view", view, "it must be instances or kms-1.0.");
    }

    private static String word(boolean managed) {
        return managed ? "instances" : "kms-1.0";
    }

    /** A name is no secret; a made-up token leads to another page of the same list. */
    private static String token(String name) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(name.getBytes(StandardCharsets.UTF_8));
    }

    private static String after(@Nullable String token) {
        if (token == null || token.isEmpty()) {
            return "";
        }
        try {
            return Listing.name(new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw OperationFaults.invalidToken(token);
        }
    }
}
