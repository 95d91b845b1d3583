package io.gyre.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gyre.event.Topics;
import io.strimzi.api.kafka.model.topic.KafkaTopic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class TopicsTest {
    private static final Path STRIMZI = Project.ROOT.resolve("k8s/components/strimzi");
    private static final Pattern DECLARATION = Pattern.compile("(?m)^ *topic (\\S+) (\\d+) (\\d+)$");

    @Test
    void composeDeclaresTheTopicsOfTheProcesses() {
        assertEquals(
                Topics.all(), declaredBy(ComposeFile.read().service("topics").command()));
    }

    @Test
    void kubernetesDeclaresTheTopicsOfTheProcesses() {
        assertEquals(Topics.all(), declaredBy(Project.read("k8s/base/topics.yaml")));
    }

    /** {@code -Dgyre.write-documents=true} writes them anew. */
    @Test
    void strimziDeclaresTheTopicsOfTheProcesses() throws IOException {
        if (Boolean.getBoolean("gyre.write-documents")) {
            Files.writeString(STRIMZI.resolve("topics.yaml"), KafkaTopics.of(Topics.all()));
        }
        assertEquals(KafkaTopics.of(Topics.all()), Files.readString(STRIMZI.resolve("topics.yaml")));
        assertEquals(
                Topics.all(),
                Manifests.of(Project.ROOT.resolve("k8s/overlays/production")).all(KafkaTopic.class).entrySet().stream()
                        .map(topic -> new Topics.Declaration(
                                topic.getKey(),
                                topic.getValue().getSpec().getPartitions(),
                                Duration.ofMillis(Long.parseLong((String)
                                        topic.getValue().getSpec().getConfig().get("retention.ms")))))
                        .toList());
    }

    private static List<Topics.Declaration> declaredBy(String script) {
        List<Topics.Declaration> topics = new ArrayList<>();
        Matcher line = DECLARATION.matcher(script);
        while (line.find()) {
            topics.add(new Topics.Declaration(
                    line.group(1), Integer.parseInt(line.group(2)), Duration.ofMillis(Long.parseLong(line.group(3)))));
        }
        return topics;
    }
}
