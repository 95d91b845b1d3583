package io.gyre.api.operations;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.gyre.api.audit.AuditKeys;
import io.gyre.api.audit.AuditStore;
import io.gyre.api.audit.AuditStore.Place;
import io.gyre.api.audit.AuditStore.Placed;
import io.gyre.audit.AuditKey;
import io.gyre.audit.AuditLine;
import io.gyre.audit.SignedHead;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

/** {@code /operations/v1/audit}: the audit log, for whoever reads it, keeps a copy of it, or checks it. */
@Path("/operations/v1/audit")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Audit")
class AuditLog {
    private static final Pattern PLACE = Pattern.compile("([0-9]{1,18})\\.([0-9]{1,18})");

    private final Mutiny.SessionFactory sessions;
    private final AuditStore store;
    private final AuditKeys keys;
    private final ViewedAudit latest;

    AuditLog(Mutiny.SessionFactory sessions, AuditStore store, AuditKeys keys, ViewedAudit latest) {
        this.sessions = sessions;
        this.store = store;
        this.keys = keys;
        this.latest = latest;
    }

    /** One page of the log. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "AuditPage")
    record LinePage(
            List<AuditLine> lines,

            @Schema(description = "Asks for what follows; none where nothing does yet.") @Nullable
            String nextToken) {}

    /** One page of its heads. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "AuditHeadPage")
    record HeadPage(
            List<SignedHead> heads,

            @Schema(description = "Asks for what follows; none where nothing does yet.") @Nullable
            String nextToken) {}

    /** A key that signs heads. */
    @Schema(name = "AuditKey")
    record Key(
            String keyId,

            @Schema(description = "X.509 SubjectPublicKeyInfo of an Ed25519 key, in hexadecimal digits.")
            String publicKey) {}

    /** All that ever signed. */
    @Schema(name = "AuditKeyList")
    record Keys(List<Key> keys) {}

    @GET
    @Path("/lines")
    @Operation(
            operationId = "ListAuditLines",
            summary = "Read the audit log, the oldest chain first and each in its order",
            description = "The hash of each line is SHA-256 of the former one and the event's text; see docs/audit.md.")
    @APIResponse(
            responseCode = "200",
            description = "One page.",
            content = @Content(schema = @Schema(implementation = LinePage.class)))
    public Uni<LinePage> listAuditLines(
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
            @Parameter(description = "From the page before.") @RestQuery @Nullable String nextToken) {
        int most = Listing.limit(limit);
        return sessions.withStatelessSession(session -> store.lines(session, place(nextToken), most))
                .map(page -> new LinePage(contents(page), next(page, most)));
    }

    @GET
    @Path("/latest")
    @Operation(
            operationId = "ListLatestAuditLines",
            summary = "Read the latest lines of the audit log, the latest first")
    @APIResponse(
            responseCode = "200",
            description = "As many as were asked for.",
            content = @Content(schema = @Schema(implementation = LinePage.class)))
    public Uni<LinePage> listLatestAuditLines(
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
                    String limit) {
        return sessions.withStatelessSession(session -> latest.latest(session, limit))
                .map(lines -> new LinePage(lines, null));
    }

    @GET
    @Path("/heads")
    @Operation(
            operationId = "ListAuditHeads",
            summary = "Read the signed heads of the audit log's chains",
            description = "The same that topic gyre.audit.heads was told.")
    @APIResponse(
            responseCode = "200",
            description = "One page.",
            content = @Content(schema = @Schema(implementation = HeadPage.class)))
    public Uni<HeadPage> listAuditHeads(
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
            @Parameter(description = "From the page before.") @RestQuery @Nullable String nextToken) {
        int most = Listing.limit(limit);
        return sessions.withStatelessSession(session -> store.heads(session, place(nextToken), most))
                .map(page -> new HeadPage(contents(page), next(page, most)));
    }

    @GET
    @Path("/keys")
    @Operation(
            operationId = "ListAuditKeys",
            summary = "List the keys that sign the audit log's heads, the latest first")
    @APIResponse(
            responseCode = "200",
            description = "Their public halves.",
            content = @Content(schema = @Schema(implementation = Keys.class)))
    public Uni<Keys> listAuditKeys() {
        return sessions.withStatelessSession(keys::verifiers)
                .map(all -> new Keys(all.stream().map(AuditLog::key).toList()));
    }

    private static Key key(AuditKey key) {
        return new Key(key.id(), key.hex());
    }

    private static <T> List<T> contents(List<Placed<T>> page) {
        return page.stream().map(Placed::content).toList();
    }

    private static <T> @Nullable String next(List<Placed<T>> page, int limit) {
        if (page.size() < limit) {
            return null;
        }
        Place last = page.get(page.size() - 1).place();
        return last.chain() + "." + last.line();
    }

    private static Place place(@Nullable String token) {
        if (token == null || token.isEmpty()) {
            return Place.BEGINNING;
        }
        Matcher place = PLACE.matcher(token);
        if (!place.matches()) {
            throw OperationFaults.invalidToken(token);
        }
        return new Place(Long.parseLong(place.group(1)), Long.parseLong(place.group(2)));
    }
}
