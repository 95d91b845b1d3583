package io.gyre.api.operations;

import io.gyre.api.outbox.TopicReader;
import io.gyre.event.Topics;
import io.gyre.rpc.RpcFault;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The operations ListTopics and ListLatestEvents, for the operations API and for the console. */
@ApplicationScoped
public class ViewedTopics {
    /** Those whose records are events, which hold no credential (docs/events.md). */
    private static final List<String> OF_EVENTS = List.of(Topics.EVENTS, Topics.INSTANCE_EVENTS);

    private final TopicReader topics;

    ViewedTopics(TopicReader topics) {
        this.topics = topics;
    }

    /** @return fails with an {@link RpcFault} KafkaAway within seconds */
    public Uni<List<TopicView>> all() {
        return OperationFaults.unlessKafkaIsAway(topics.states())
                .map(states -> states.stream().map(TopicView::of).toList());
    }

    /**
     * The latest first.
     *
     * @param limit 1 to 200; 20 unless given
     * @return fails with an {@link RpcFault}: InvalidParameter, KafkaAway
     */
    public Uni<List<ToldEvent>> latest(String topic, @Nullable String limit) {
        if (!OF_EVENTS.contains(topic)) {
            throw OperationFaults.invalid(
                    "The topic", topic, "it must be one of " + String.join(", ", OF_EVENTS) + ".");
        }
        int size = Listing.limit(limit);
        return OperationFaults.unlessKafkaIsAway(topics.newest(topic, size, ToldEvent::of))
                .map(newest -> newest.stream()
                        .sorted(Comparator.comparing(ToldEvent::at).reversed())
                        .limit(size)
                        .toList());
    }
}
