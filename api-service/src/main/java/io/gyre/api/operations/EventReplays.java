package io.gyre.api.operations;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.gyre.api.outbox.History;
import io.gyre.api.outbox.HistoryReplay;
import io.gyre.api.outbox.TopicReader;
import io.gyre.event.Topics;
import io.gyre.rpc.AccessKey;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** {@code /operations/v1/events}: what was told of rotations and secrets, told again. */
@Path("/operations/v1/events")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Events")
class EventReplays {
    private static final Logger LOG = Logger.getLogger(EventReplays.class);

    private static final Pattern TOPIC = Pattern.compile("[A-Za-z0-9._-]{1,249}");
    private static final String OWN = "gyre.";
    private static final Instant BEGINNING = Instant.EPOCH;
    private static final Instant END = Instant.parse("9999-01-01T00:00:00Z");

    private final TopicReader topics;
    private final HistoryReplay replay;

    EventReplays(TopicReader topics, HistoryReplay replay) {
        this.topics = topics;
        this.replay = replay;
    }

    /** What is to be told again, and where. */
    @Schema(name = "EventReplay")
    record Asked(
            @Schema(
                    required = true,
                    description = "A topic that is there. Of Gyre's own, gyre.rotation.events alone.",
                    examples = "orders.view")
            @Nullable
            String topic,

            @Schema(description = "From this time of the wall clock on.", examples = "2026-03-01T00:00:00Z") @Nullable
            String since,

            @Schema(description = "Before this time of the wall clock.", examples = "2026-03-02T00:00:00Z") @Nullable
            String until,

            @Schema(description = "Of one secret alone.") @Nullable
            String secretArn,

            @Schema(
                    description =
                            "The place that the page before ended at, as its answer says; none for the first page.")
            @Nullable
            Long after,

            @Schema(description = "Whether the topic may hold records already.") @Nullable
            Boolean force) {}

    /** A page, told again. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "EventReplayPage")
    record Answer(
            @Schema(description = "How many events Kafka has acknowledged.")
            int told,

            @Schema(description = "Of the first page: how many there are in all.") @Nullable
            Long total,

            @Schema(description = "Goes on after this place; none after the last page.") @Nullable
            Long next) {}

    @POST
    @Path("/replay")
    @Operation(
            operationId = "ReplayEvents",
            summary = "Tell again what was told of rotations and secrets",
            description =
                    "Up to 500 events a call, as they were: the same ids, types, times and data, in the order of each secret."
                            + " The first call refuses a topic that holds records, unless it is told to take it.")
    @APIResponse(
            responseCode = "200",
            description = "A page was told.",
            content = @Content(schema = @Schema(implementation = Answer.class)))
    public Uni<Answer> replayEvents(@Nullable Asked asked, @Context RoutingContext exchange) {
        if (asked == null || asked.topic() == null || asked.topic().isEmpty()) {
            throw OperationFaults.missing("topic", "name an empty topic, which is to be told of everything again.");
        }
        String topic = topic(asked.topic());
        History history = new History(
                time("since", asked.since(), BEGINNING), time("until", asked.until(), END), asked.secretArn());
        Long given = asked.after();
        long after = given == null ? 0 : Math.max(0, given);
        boolean first = after == 0;
        AccessKey caller = Rotations.caller(exchange);
        if (first) {
            LOG.infof("AccessKey %s (%s) has events told again into %s.", caller.id(), caller.principal(), topic);
        }
        Uni<@Nullable Long> total = first
                ? free(topic, Boolean.TRUE.equals(asked.force())).chain(() -> replay.count(history))
                : Uni.createFrom().nullItem();
        return total.chain(all ->
                        replay.tell(topic, history, after).map(page -> new Answer(page.told(), all, page.next())))
                .onFailure(TopicReader.KafkaAway.class)
                .transform(away -> OperationFaults.kafkaAway());
    }

    /** @return fails where the topic is not there, or holds records although it must not */
    private Uni<Void> free(String topic, boolean force) {
        return topics.size(topic)
                .invoke(size -> {
                    if (size.isEmpty()) {
                        throw OperationFaults.topicNotFound(topic);
                    }
                    if (size.get() > 0 && !force) {
                        throw OperationFaults.topicNotEmpty(topic, size.get());
                    }
                })
                .replaceWithVoid();
    }

    private static String topic(String given) {
        if (!TOPIC.matcher(given).matches()) {
            throw OperationFaults.invalid("topic", given, "a topic has 1 to 249 letters, digits, dots, _ and -.");
        }
        if (given.startsWith(OWN) && !given.equals(Topics.EVENTS)) {
            throw OperationFaults.invalid(
                    "topic",
                    given,
                    "it is one of Gyre's own, and of those " + Topics.EVENTS + " alone has such events.");
        }
        return given;
    }

    private static Instant time(String what, @Nullable String given, Instant otherwise) {
        if (given == null || given.isEmpty()) {
            return otherwise;
        }
        try {
            Instant time = OffsetDateTime.parse(given).toInstant();
            if (!time.isBefore(BEGINNING) && !time.isAfter(END)) {
                return time;
            }
        } catch (DateTimeException e) {
            // As one out of range.
        }
        throw OperationFaults.invalid(what, given, "give a time after 1970 as 2026-03-02T14:05:00Z.");
    }
}
