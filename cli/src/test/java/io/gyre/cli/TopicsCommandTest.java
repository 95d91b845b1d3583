package io.gyre.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gyre.platform.testing.TestKafka;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The topics of a real broker, as they are listed and read. */
class TopicsCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String REQUESTS = "gyre.rotation.requests.rds";
    private static final String GROUP = "gyre-rotation-workers";

    private static String bootstrap;
    private static KafkaProducer<byte[], byte[]> producer;

    @TempDir
    private Path folder;

    private String topic;
    private AnsweringServer terminal;

    @BeforeAll
    static void connect() {
        bootstrap = TestKafka.bootstrapServers();
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrap), new ByteArraySerializer(), new ByteArraySerializer());
    }

    @AfterAll
    static void disconnect() {
        producer.close();
    }

    @BeforeEach
    void aTopicOfItsOwn() throws IOException, ExecutionException, InterruptedException {
        terminal = new AnsweringServer(folder);
        topic = "orders." + UUID.randomUUID();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
        }
    }

    @AfterEach
    void stop() {
        terminal.close();
    }

    private int gyre(String... arguments) {
        String[] line = Arrays.copyOf(arguments, arguments.length + 1);
        line[arguments.length] = "--bootstrap=" + bootstrap;
        return Main.run(line);
    }

    private void event(String type, String data) throws ExecutionException, InterruptedException {
        var record =
                new ProducerRecord<>(topic, 0, 1_772_460_307_000L, bytes("acs:kms:::secret/db/orders"), bytes(data));
        record.headers()
                .add("ce_specversion", bytes("1.0"))
                .add("ce_id", bytes("1"))
                .add("ce_source", bytes("/gyre/1"))
                .add("ce_type", bytes(type))
                .add("ce_subject", bytes("acs:kms:::secret/db/orders"))
                .add("traceparent", bytes("00-1-2-01"));
        producer.send(record).get();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void eventsAreShownWithWhenWhatAndOfWhat() throws Exception {
        event("io.gyre.rotation.stepped.v1", "{\"state\":\"Running\",\"note\":\"Setting \\u001b[31m it\"}");
        event("io.gyre.secret.created.v1", "{\"secretName\":\"db/orders\"}");
        producer.send(new ProducerRecord<>(topic, new byte[] {0, (byte) 0xff})).get();
        assertEquals(0, gyre("topics", "tail", topic, "--from-beginning", "--count=3"), terminal.errors());
        List<String> lines = terminal.output().lines().toList();
        assertEquals(
                List.of(
                        "2026-03-02 14:05:07  io.gyre.rotation.stepped.v1  acs:kms:::secret/db/orders",
                        "    Running: Setting ?[31m it",
                        "2026-03-02 14:05:07  io.gyre.secret.created.v1  acs:kms:::secret/db/orders",
                        "    {\"secretName\":\"db/orders\"}"),
                lines.subList(0, 4));
        assertTrue(lines.get(4).endsWith("  (no CloudEvent)  "), lines.get(4));
        assertEquals("    Base64 AP8=", lines.get(5));
    }

    @Test
    void typesAreChosenByAPattern() throws Exception {
        event("io.gyre.secret.created.v1", "{\"at\":1}");
        event("io.gyre.rotation.stepped.v1", "{\"at\":2}");
        event("io.gyre.rotation.failed.v1", "{\"at\":3}");
        String all = "--from-beginning";
        assertEquals(0, gyre("topics", "tail", topic, all, "--count=2", "--type=io.gyre.rotation.*"));
        assertEquals(
                List.of("    {\"at\":2}", "    {\"at\":3}"),
                terminal.output().lines().filter(line -> line.startsWith(" ")).toList());
        assertEquals(0, gyre("topics", "tail", topic, all, "--count=1", "--type=*failed.v1"));
        assertTrue(terminal.output().endsWith("    {\"at\":3}\n"));
        assertEquals(0, gyre("topics", "tail", topic, all, "--count=1", "--type=io.gyre.rotation.failed.v1"));
        assertTrue(terminal.output().endsWith("    {\"at\":3}\n"), "a dot is a dot, and the whole type is meant");
    }

    @Test
    void forProgramsALineIsAnEventInTheJsonOfCloudEvents() throws Exception {
        event("io.gyre.rotation.stepped.v1", "{\"note\":\"Setting it\"}");
        producer.send(new ProducerRecord<>(topic, bytes("no event"))).get();
        assertEquals(0, gyre("topics", "tail", topic, "--from-beginning", "--count=2", "--json"));
        List<String> lines = terminal.output().lines().toList();
        JsonNode expected = JSON.readTree("""
                {"topic":"TOPIC","partition":0,"offset":0,"event":{"specversion":"1.0","id":"1","source":"/gyre/1",
                 "type":"io.gyre.rotation.stepped.v1","subject":"acs:kms:::secret/db/orders","traceparent":"00-1-2-01",
                 "datacontenttype":"application/json","data":{"note":"Setting it"}}}
                """.replace("TOPIC", topic));
        assertEquals(expected, OutputSchema.fitting("record", lines.get(0)));
        assertEquals(
                JSON.readTree("{\"topic\":\"" + topic
                        + "\",\"partition\":0,\"offset\":1,\"key\":null,\"value\":\"no event\"}"),
                OutputSchema.fitting("record", lines.get(1)));
    }

    @Test
    void withoutTheBeginningOnlyWhatComesFromNowOnIsShown() throws Exception {
        event("io.gyre.rotation.stepped.v1", "{\"at\":\"before\"}");
        Thread writer = new Thread(() -> {
            try {
                // Each one is new to a reader that has begun meanwhile.
                while (!Thread.currentThread().isInterrupted()) {
                    event("io.gyre.rotation.stepped.v1", "{\"at\":\"after\"}");
                }
            } catch (InterruptedException | ExecutionException e) {
                Thread.currentThread().interrupt();
            }
        });
        writer.start();
        try {
            assertEquals(0, gyre("topics", "tail", topic, "--count=2"));
        } finally {
            writer.interrupt();
            writer.join();
        }
        assertEquals(
                2,
                terminal.output()
                        .lines()
                        .filter("    {\"at\":\"after\"}"::equals)
                        .count());
    }

    @Test
    void everyTopicIsListedWithTheLagAndTheMembersOfItsReaders() throws Exception {
        TopicPartition partition = new TopicPartition(REQUESTS, 0);
        var settings =
                Map.<String, Object>of("bootstrap.servers", bootstrap, "group.id", GROUP, "enable.auto.commit", false);
        try (KafkaConsumer<byte[], byte[]> worker =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            producer.send(new ProducerRecord<>(REQUESTS, 0, null, bytes("one"))).get();
            long end = producer.send(new ProducerRecord<>(REQUESTS, 0, null, bytes("two")))
                            .get()
                            .offset()
                    + 1;
            worker.subscribe(List.of(REQUESTS));
            while (worker.assignment().isEmpty()) {
                worker.poll(Duration.ofMillis(50));
            }
            worker.commitSync(Map.of(partition, new OffsetAndMetadata(end - 1)));
            assertEquals(0, gyre("topics", "--json"), terminal.errors());
        }
        JsonNode topics = OutputSchema.fitting("topics", terminal.output()).path("topics");
        assertEquals(7, topics.size());
        JsonNode requests = topics.get(1);
        assertEquals(REQUESTS, requests.path("name").asText());
        assertEquals(6, requests.path("partitions").asInt());
        assertEquals(
                JSON.readTree("[{\"group\":\"" + GROUP + "\",\"lag\":1,\"members\":1}]"), requests.path("readers"));
        assertEquals(0, gyre("topics"));
        String listed = terminal.output();
        assertTrue(
                listed.matches("(?s).*gyre.rotation.requests.rds +6 +[0-9]+ +gyre-rotation-workers +0 +1\n.*"), listed);
        assertTrue(listed.matches("(?s).*gyre.audit.heads +1 +0\n.*"), listed);
    }

    @Test
    void whatIsWrongWithAPlaceIsSaidInOneSentence() throws IOException {
        assertEquals(1, gyre("topics", "tail", "nowhere"));
        assertTrue(terminal.errors()
                .startsWith("gyre: There is no topic \"nowhere\" at " + bootstrap
                        + ": choose among gyre.audit.heads, gyre.instance.events, "));
        Path config = folder.resolve("client.properties");
        assertEquals(1, gyre("topics", "--client-config=" + config));
        assertEquals(
                "gyre: The settings of Kafka's clients in " + config
                        + " cannot be read: name a file that can with --client-config.\n",
                terminal.errors());
        Files.writeString(config, "security.protocol=NONSENSE\n");
        assertEquals(1, gyre("topics", "--client-config=" + config));
        assertTrue(terminal.errors().startsWith("gyre: Kafka at " + bootstrap + " does not answer ("));
    }
}
