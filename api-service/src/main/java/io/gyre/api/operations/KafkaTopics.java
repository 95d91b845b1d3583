package io.gyre.api.operations;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
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

/** {@code /operations/v1/topics}: Gyre's topics in Kafka, who reads them, and what was told there lately. */
@Path("/operations/v1/topics")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Topics")
class KafkaTopics {
    private final ViewedTopics topics;

    KafkaTopics(ViewedTopics topics) {
        this.topics = topics;
    }

    /** All of them, absent ones too. */
    @Schema(name = "TopicList")
    record Answer(List<TopicView> topics) {}

    /** The latest ones. */
    @Schema(name = "ToldEventPage")
    record EventPage(List<ToldEvent> events) {}

    @GET
    @Operation(
            operationId = "ListTopics",
            summary = "List Gyre's topics in Kafka, and how far each consumer group is behind",
            description = "Answered within seconds, by KafkaAway where Kafka does not answer.")
    @APIResponse(
            responseCode = "200",
            description = "All of them, in the order in which docs/events.md tells of them.",
            content = @Content(schema = @Schema(implementation = Answer.class)))
    public Uni<Answer> listTopics() {
        return topics.all().map(Answer::new);
    }

    @GET
    @Path("/{topic}/events")
    @Operation(operationId = "ListLatestEvents", summary = "List the latest events of a topic, the latest first")
    @APIResponse(
            responseCode = "200",
            description = "Of gyre.rotation.events or gyre.instance.events.",
            content = @Content(schema = @Schema(implementation = EventPage.class)))
    public Uni<EventPage> listLatestEvents(
            @RestPath String topic,
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
        return topics.latest(topic, limit).map(EventPage::new);
    }
}
