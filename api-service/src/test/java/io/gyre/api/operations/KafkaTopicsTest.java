package io.gyre.api.operations;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.aliyun.kms20160120.models.RotateSecretRequest;
import com.fasterxml.jackson.databind.JsonNode;
import io.gyre.api.testing.Clients;
import io.gyre.api.testing.OperationsClient;
import io.gyre.api.testing.Secrets;
import io.gyre.event.Topics;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

@QuarkusTest
class KafkaTopicsTest {
    private static final String PATH = "/operations/v1/topics";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Inject
    Clients clients;

    @Inject
    Secrets secrets;

    @Inject
    OperationsClient operations;

    @ConfigProperty(name = "gyre.kafka.bootstrap-servers")
    String kafka;

    private JsonNode topic(String name) {
        for (JsonNode topic : operations.get(PATH).json(200).path("topics")) {
            if (topic.path("name").asText().equals(name)) {
                return topic;
            }
        }
        throw new AssertionError(name + " is not among the topics");
    }

    @Test
    void everyTopicIsListedWithItsPartitions() {
        List<String> listed = new ArrayList<>();
        for (JsonNode topic : operations.get(PATH).json(200).path("topics")) {
            listed.add(topic.path("name").asText() + " " + topic.path("partitions"));
        }
        assertEquals(
                Topics.all().stream()
                        .map(topic -> topic.name() + " " + topic.partitions())
                        .toList(),
                listed);
    }

    /** Of a group of the test's own, which reads what no other test writes to. */
    @Test
    void aGroupIsBehindByWhatItHasNotConfirmed() {
        String topic = Topics.AUDIT_HEADS;
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                kafka,
                "group.id",
                "test-of-topics",
                "auto.offset.reset",
                "earliest",
                "enable.auto.commit",
                false);
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of(topic));
            await().atMost(PATIENCE).until(() -> {
                consumer.poll(Duration.ofMillis(100));
                return !consumer.assignment().isEmpty();
            });
            JsonNode read = topic(topic);
            JsonNode reader = read.path("readers").path(0);
            assertEquals("test-of-topics", reader.path("group").asText());
            assertEquals(1, reader.path("members").asInt());
            assertTrue(reader.path("lag").asLong() <= read.path("records").asLong(), read.toString());
        }
    }

    @Test
    void theLatestEventsAreReadByPeopleTheLatestFirst() throws Exception {
        String name = secrets.create(secrets.rdsSingle());
        clients.current()
                .rotateSecret(new RotateSecretRequest().setSecretName(name).setVersionId("v2"));
        String path = PATH + "/" + Topics.EVENTS + "/events";
        await().atMost(PATIENCE)
                .until(() -> operations.get(path + "?limit=200").body().contains("secret/" + name + "\""));
        JsonNode events = operations.get(path + "?limit=200").json(200).path("events");
        List<Instant> told = new ArrayList<>();
        events.forEach(event -> told.add(Instant.parse(event.path("at").asText())));
        assertEquals(told.stream().sorted(Comparator.reverseOrder()).toList(), told);
        for (JsonNode event : events) {
            assertTrue(event.path("type").asText().startsWith("io.gyre."), event.toString());
            assertTrue(event.path("what").asText().length() <= 300, event.toString());
            assertFalse(event.path("what").asText().contains("atWall"), "its time stands beside it");
        }
        assertTrue(events.toString().contains("secretName=" + name), events.toString());
        assertEquals(
                1, operations.get(path + "?limit=1").json(200).path("events").size());
    }

    @Test
    void whatIsNoTopicOfEventsIsRefused() {
        assertEquals(
                "The topic is \"gyre.rotation.requests.rds\": it must be one of gyre.rotation.events, gyre.instance.events.",
                operations.get(PATH + "/" + Topics.RDS_REQUESTS + "/events").problem(400, "InvalidParameter"));
        operations.get(PATH + "/" + Topics.EVENTS + "/events?limit=0").problem(400, "InvalidParameter");
    }
}
