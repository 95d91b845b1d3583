package io.gyre.deployment;

import io.gyre.event.Topics;
import java.util.List;
import java.util.stream.Collectors;

/** The topics as resources of Strimzi's topic operator. */
final class KafkaTopics {
    private static final String HEAD = """
            # Made from io.gyre.event.Topics. Three replicas, two of which must have a record before it counts as written.
            """;

    private static final String TOPIC = """
            apiVersion: kafka.strimzi.io/v1
            kind: KafkaTopic
            metadata:
              name: %s
              labels:
                strimzi.io/cluster: gyre
            spec:
              partitions: %d
              replicas: 3
              config:
                min.insync.replicas: "2"
                retention.ms: "%d"
            """;

    private KafkaTopics() {}

    static String of(List<Topics.Declaration> topics) {
        return topics.stream()
                .map(topic -> TOPIC.formatted(
                        topic.name(), topic.partitions(), topic.retention().toMillis()))
                .collect(Collectors.joining("---\n", HEAD, ""));
    }
}
