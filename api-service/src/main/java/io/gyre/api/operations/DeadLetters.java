package io.gyre.api.operations;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gyre.api.outbox.TopicReader;
import io.gyre.api.workers.RotationOrders;
import io.gyre.event.RotationRequested;
import io.gyre.event.Topics;
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
import java.util.Comparator;
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
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** {@code /operations/v1/dead-letters}: records of the request topics that no worker could read. */
@Path("/operations/v1/dead-letters")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Dead letters")
class DeadLetters {
    private static final Logger LOG = Logger.getLogger(DeadLetters.class);

    private static final Pattern ID = Pattern.compile("([0-9]{1,9})-([0-9]{1,18})");

    /** A request has some 150 bytes; a list is looked through, not read. */
    private static final int SHOWN_IN_LISTS = 256;

    private static final int SHOWN = 64 * 1024;

    private final TopicReader topics;
    private final Mutiny.SessionFactory sessions;
    private final RotationOrders orders;
    private final ObjectMapper json;

    DeadLetters(TopicReader topics, Mutiny.SessionFactory sessions, RotationOrders orders, ObjectMapper json) {
        this.topics = topics;
        this.sessions = sessions;
        this.orders = orders;
        this.json = json;
    }

    /** The newest ones. */
    @Schema(name = "DeadLetterPage")
    record Page(List<DeadLetter> deadLetters) {}

    /** What is to be sent in its place. */
    @Schema(name = "MendedRequest")
    record Mended(
            @Schema(description = "The request as it should have been; none where it can be read by now.") @Nullable
            RotationRequested value) {}

    /** Where it went. */
    @Schema(name = "ReplayedRequest")
    record Replayed(String topic, RotationRequested value) {}

    @GET
    @Operation(operationId = "ListDeadLetters", summary = "List the newest dead letters, the latest first")
    @APIResponse(
            responseCode = "200",
            description = "The newest ones, each with the beginning of its value.",
            content = @Content(schema = @Schema(implementation = Page.class)))
    public Uni<Page> listDeadLetters(
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
        int size = Listing.limit(limit);
        return topics.newest(Topics.DEAD_LETTERS, size, record -> DeadLetter.of(record, SHOWN_IN_LISTS))
                .onFailure(TopicReader.KafkaAway.class)
                .transform(away -> OperationFaults.kafkaAway())
                .map(newest -> new Page(newest.stream()
                        .sorted(Comparator.comparing(DeadLetter::at).reversed())
                        .limit(size)
                        .toList()));
    }

    @GET
    @Path("/{id}")
    @Operation(operationId = "DescribeDeadLetter", summary = "Show a dead letter with up to 64 KiB of its value")
    @APIResponse(
            responseCode = "200",
            description = "As it came.",
            content = @Content(schema = @Schema(implementation = DeadLetter.class)))
    public Uni<DeadLetter> describeDeadLetter(@RestPath String id) {
        return letter(id);
    }

    @POST
    @Path("/{id}/replay")
    @Operation(
            operationId = "ReplayDeadLetter",
            summary = "Send a dead letter to its request topic, mended where it has to be",
            description =
                    "It has to be a request for a rotation that there is. The record stays among the dead letters; a request"
                            + " that comes twice changes nothing.")
    @APIResponse(
            responseCode = "200",
            description = "It is on its way.",
            content = @Content(schema = @Schema(implementation = Replayed.class)))
    public Uni<Replayed> replayDeadLetter(
            @RestPath String id, @Nullable Mended mended, @Context RoutingContext exchange) {
        AccessKey caller = Rotations.caller(exchange);
        return letter(id)
                .map(letter -> mended == null || mended.value() == null ? read(letter) : mended.value())
                .invoke(DeadLetters::refuseIncomplete)
                .chain(request -> sessions.withStatelessTransaction(session -> send(session, caller, request)))
                .invoke(sent -> LOG.infof(
                        "AccessKey %s (%s) had dead letter %s sent to %s.",
                        caller.id(), caller.principal(), id, sent.topic()));
    }

    private Uni<DeadLetter> letter(String id) {
        Matcher place = ID.matcher(id);
        if (!place.matches()) {
            throw OperationFaults.invalid(
                    "The dead letter's id", id, "it must be a partition and an offset, as 0-17 in the list.");
        }
        return topics.one(
                        Topics.DEAD_LETTERS,
                        Integer.parseInt(place.group(1)),
                        Long.parseLong(place.group(2)),
                        record -> DeadLetter.of(record, SHOWN))
                .onFailure(TopicReader.KafkaAway.class)
                .transform(away -> OperationFaults.kafkaAway())
                .map(found -> found.orElseThrow(() -> OperationFaults.deadLetterNotFound(id)));
    }

    private RotationRequested read(DeadLetter letter) {
        try {
            @Nullable
            RotationRequested request =
                    letter.text() == null ? null : json.readValue(letter.text(), RotationRequested.class);
            if (request != null) {
                return request;
            }
        } catch (JsonProcessingException e) {
            // As one that is no text.
        }
        throw OperationFaults.deadLetterUnreadable(letter.id());
    }

    private static void refuseIncomplete(RotationRequested request) {
        if (request.rotationId() == null || request.secretArn() == null || request.rotationType() == null) {
            throw OperationFaults.missing("whole value", "a request has a rotationId, a secretArn and a rotationType.");
        }
    }

    private Uni<Replayed> send(Mutiny.StatelessSession session, AccessKey caller, RotationRequested request) {
        return orders.locked(session, caller.accountId(), request.rotationId())
                .onItem()
                .ifNull()
                .failWith(() ->
                        OperationFaults.rotationNotFound(request.rotationId().toString()))
                .invoke(rotation -> {
                    if (!rotation.secretArn().equals(request.secretArn())
                            || !rotation.rotationType().equals(request.rotationType())) {
                        throw OperationFaults.requestMismatch(
                                rotation.id().toString(), rotation.rotationType(), rotation.secretArn());
                    }
                })
                .chain(rotation -> orders.wake(session, rotation)
                        .replaceWith(new Replayed(Topics.requests(rotation.rotationType()), request)));
    }
}
