package io.gyre.cli.doctor;

import io.gyre.cli.kafka.KafkaPlace;
import io.gyre.event.Topics;
import io.gyre.platform.PlatformException;
import io.gyre.topics.TopicState;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Kafka: the topics, and per type of secret the workers that listen. */
final class KafkaChecks {
    /** A request is read in less than a millisecond: so many are more than a moment's backlog. */
    private static final long LAG = 3000;

    private final Installation installation;

    KafkaChecks(Installation installation) {
        this.installation = installation;
    }

    List<Check> all() {
        KafkaPlace place = installation.kafka();
        if (place == null) {
            return List.of(new Check(
                    "Kafka",
                    () -> Finding.skipped("Kafka", "Not looked at, since none was named: name it with --bootstrap.")));
        }
        List<TopicState> topics;
        try {
            topics = place.topics();
        } catch (PlatformException e) {
            return List.of(new Check(
                    "Kafka",
                    () -> Finding.warn(
                            "Kafka",
                            String.valueOf(e.getMessage()),
                            "Until it does, no event is told, and rotations begin by the workers' sweep alone.")));
        }
        List<Check> checks = new ArrayList<>();
        checks.add(new Check("Kafka", () -> there(place, topics)));
        topics.stream()
                .filter(topic -> topic.name().startsWith(Topics.REQUESTS_PREFIX))
                .forEach(topic -> checks.add(new Check(title(topic), () -> workers(topic))));
        return checks;
    }

    private static Finding there(KafkaPlace place, List<TopicState> topics) {
        List<String> absent = topics.stream()
                .filter(topic -> topic.partitions() == 0)
                .map(TopicState::name)
                .toList();
        return absent.isEmpty()
                ? Finding.ok("Kafka", "It answers at " + place.bootstrap() + " and has every topic.")
                : Finding.fail(
                        "Kafka",
                        "Topics that are absent: " + String.join(", ", absent) + ".",
                        "Create them as docs/events.yaml declares them.");
    }

    private static String title(TopicState topic) {
        return topic.name().substring(Topics.REQUESTS_PREFIX.length()).toUpperCase(Locale.ROOT) + " workers";
    }

    private static Finding workers(TopicState topic) {
        int members =
                topic.readers().stream().mapToInt(TopicState.Reader::members).sum();
        long lag = topic.readers().stream().mapToLong(TopicState.Reader::lag).sum();
        if (members == 0) {
            return Finding.fail(
                    title(topic),
                    "No rotation worker listens to " + topic.name() + ".",
                    "Start one, or let one serve this type: its rotations begin by the sweep of others alone, if at all.");
        }
        String said = members + " listen, " + lag + " requests behind.";
        return lag > LAG
                ? Finding.warn(title(topic), said, "Start more rotation workers, up to six a type.")
                : Finding.ok(title(topic), said);
    }
}
