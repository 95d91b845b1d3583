package io.gyre.deployment;

import io.gyre.event.Topics;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The workers of k8s/base as workers of one type of rotation each, and what scales them. */
final class WorkersByType {
    private static final String WORKERS_HEAD = """
        # Made from ../../base/rotation-worker.yaml, once for each type of rotation in io.gyre.event.Topics.
        """;

    private static final String SCALING_HEAD = """
        # Made from io.gyre.event.Topics. Never none: what is due is found by a worker's sweep, also where no record tells of it.
        # A worker lets a record go as soon as it has heard of it, so the lag says how far hearing is behind; how far the work
        # is behind, PostgreSQL says: rotations that have been due for 10 s and that nobody has in hand.
        apiVersion: keda.sh/v1alpha1
        kind: TriggerAuthentication
        metadata:
          name: rotations-due
        spec:
          secretTargetRef:
            - parameter: password
              name: postgres-gyre-worker
              key: password
        """;

    private static final String SCALING = """
        apiVersion: keda.sh/v1alpha1
        kind: ScaledObject
        metadata:
          name: rotation-worker-%1$s
        spec:
          scaleTargetRef:
            name: rotation-worker-%1$s
          minReplicaCount: 1
          maxReplicaCount: %2$d
          triggers:
            - type: kafka
              metadata:
                bootstrapServers: gyre-kafka-bootstrap.gyre:9092
                consumerGroup: gyre-rotation-workers
                topic: %3$s
                lagThreshold: "100"
            - type: postgresql
              metadata:
                host: postgres-rw.gyre
                port: "5432"
                dbName: gyre
                userName: gyre_worker
                sslmode: require
                query: >-
                  SELECT count(*) FROM rotation
                  WHERE rotation_type = '%1$s' AND ended_at IS NULL AND wake_clock = 'operational'
                  AND wake_at < clock_timestamp() - interval '10 s'
                  AND (lease_until IS NULL OR lease_until <= clock_timestamp())
                targetQueryValue: "50"
              authenticationRef:
                name: rotations-due
        """;

    private static final Pattern LABEL = Pattern.compile("(?m)^( *)app\\.kubernetes\\.io/name: rotation-worker$");

    private WorkersByType() {}

    /** @param base the text of k8s/base/rotation-worker.yaml, whose first document is the Deployment */
    static String workers(List<Topics.Declaration> topics, String base) {
        String deployment = base.substring(0, base.indexOf("\n---\n") + 1);
        return topics.stream()
                .filter(WorkersByType::isOfRequests)
                .map(topic -> worker(deployment, type(topic)))
                .collect(Collectors.joining("---\n", WORKERS_HEAD, ""));
    }

    private static String worker(String deployment, String type) {
        Matcher label = LABEL.matcher(deployment);
        return label.replaceAll("$0\n$1gyre.io/rotates: " + type)
                .replaceFirst("(?m)^  name: rotation-worker$", "  name: rotation-worker-" + type)
                // However many there are is KEDA's to say.
                .replaceFirst("(?m)^  replicas: \\d+\n", "")
                .replaceFirst(
                        "(?m)^( *)- name: GYRE_WORKER_NAME$",
                        "$1- name: GYRE_WORKER_TYPES\n$1  value: " + type + "\n$0");
    }

    static String scaling(List<Topics.Declaration> topics) {
        return topics.stream()
                .filter(WorkersByType::isOfRequests)
                .map(topic -> SCALING.formatted(type(topic), topic.partitions(), topic.name()))
                .collect(Collectors.joining("---\n", SCALING_HEAD + "---\n", ""));
    }

    private static boolean isOfRequests(Topics.Declaration topic) {
        return topic.name().startsWith(Topics.REQUESTS_PREFIX);
    }

    private static String type(Topics.Declaration topic) {
        return topic.name().substring(Topics.REQUESTS_PREFIX.length());
    }
}
