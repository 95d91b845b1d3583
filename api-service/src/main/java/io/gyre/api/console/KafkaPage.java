package io.gyre.api.console;

import io.gyre.api.console.ConsoleCalls.Operation;
import io.gyre.api.operations.DeadLetter;
import io.gyre.api.operations.ToldEvent;
import io.gyre.api.operations.TopicView;
import io.gyre.api.operations.ViewedDeadLetters;
import io.gyre.api.operations.ViewedTopics;
import io.gyre.event.Topics;
import io.gyre.rpc.RpcFault;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/**
 * {@code /console/kafka}: Gyre's topics with who reads them and how far, what was told lately, and the dead letters. Where Kafka is away
 * the page says so instead, after the seconds that one question waits.
 */
@ApplicationScoped
class KafkaPage implements Page {
    static final String PATH = "kafka";

    private static final Operation TOPICS = new Operation("ListTopics", "topics");

    private static final Operation DEAD_LETTERS = new Operation("ListDeadLetters", "dead-letters");

    /** Of each list; more is on the topics themselves. */
    private static final String ROWS = "10";

    private final ViewedTopics topics;
    private final ViewedDeadLetters letters;
    private final ConsoleCalls calls;
    private final InstantSource clock;

    KafkaPage(ViewedTopics topics, ViewedDeadLetters letters, ConsoleCalls calls, InstantSource clock) {
        this.topics = topics;
        this.letters = letters;
        this.calls = calls;
        this.clock = clock;
    }

    @Override
    public String path() {
        return PATH;
    }

    /** One question after the other: the first that Kafka does not answer is the last. */
    @Override
    public Uni<Answer> show(Visit visit, Visitor visitor) {
        return topics(visit, visitor)
                .chain(topics -> events(visit, visitor, Topics.EVENTS).chain(rotations -> events(
                                visit, visitor, Topics.INSTANCE_EVENTS)
                        .chain(instances -> letters(visit, visitor)
                                .map(letters -> page(
                                        visit,
                                        visitor,
                                        new KafkaSeen("", topics, rotations, instances, letters, clock.instant()))))))
                .onFailure(failure -> failure instanceof RpcFault fault && fault.status() == KafkaSeen.AWAY)
                .recoverWithItem(
                        away -> page(visit, visitor, KafkaSeen.away(((RpcFault) away).text(), clock.instant())));
    }

    private Uni<Seen<List<TopicView>>> topics(Visit visit, Visitor visitor) {
        return Seen.of(calls.make(visit, visitor, TOPICS, topics::all));
    }

    private Uni<Seen<List<ToldEvent>>> events(Visit visit, Visitor visitor, String topic) {
        Operation latest =
                new Operation("ListLatestEvents", "topics/" + topic + "/events", Map.of("topic", topic, "limit", ROWS));
        return Seen.of(calls.make(visit, visitor, latest, () -> topics.latest(topic, ROWS)));
    }

    private Uni<Seen<List<DeadLetter>>> letters(Visit visit, Visitor visitor) {
        return Seen.of(calls.make(visit, visitor, DEAD_LETTERS, () -> letters.newest(ROWS)));
    }

    private static Answer page(Visit visit, Visitor visitor, KafkaSeen seen) {
        return Answer.page(seen.status(), Templates.kafka(Frame.of("Kafka", visit, visitor), seen));
    }
}
