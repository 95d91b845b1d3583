package io.gyre.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gyre.event.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class TopicsTest {
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
