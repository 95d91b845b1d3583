package io.gyre.platform.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gyre.event.Topics;
import io.gyre.platform.process.LoopbackPort;
import io.gyre.platform.process.Supervisor;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaBrokerTest {

    private static final Duration DAY = Duration.ofDays(1);
    private static final int ANSWERS_WITHIN_SECONDS = 20;

    @TempDir
    Path home;

    @Test
    void recordsAreKeptOverARestartInWhichATopicGrows() throws Exception {
        KafkaPlan plan = new KafkaPlan(
                "kafka",
                home.resolve("data"),
                home.resolve("kafka.log"),
                LoopbackPort.anyFree(),
                LoopbackPort.anyFree(),
                0);
        try (Supervisor supervisor = Supervisor.in(home.resolve("run"))) {
            KafkaBroker.start(supervisor, plan, List.of(new Topics.Declaration("news", 1, DAY)));
            send(plan, "news", "kept");
        }

        try (Supervisor supervisor = Supervisor.in(home.resolve("run"))) {
            KafkaBroker.start(supervisor, plan, List.of(new Topics.Declaration("news", 3, DAY)));

            assertEquals(List.of("kept"), valuesOfFirstPartition(plan, "news"));
            assertEquals(3, partitions(plan, "news"));
        }
    }

    private static void send(KafkaPlan plan, String topic, String value) throws Exception {
        try (Producer<String, String> producer =
                new KafkaProducer<>(client(plan), new StringSerializer(), new StringSerializer())) {
            var unused =
                    producer.send(new ProducerRecord<>(topic, value)).get(ANSWERS_WITHIN_SECONDS, TimeUnit.SECONDS);
        }
    }

    private static List<String> valuesOfFirstPartition(KafkaPlan plan, String topic) {
        try (Consumer<String, String> consumer =
                new KafkaConsumer<>(client(plan), new StringDeserializer(), new StringDeserializer())) {
            TopicPartition first = new TopicPartition(topic, 0);
            consumer.assign(List.of(first));
            consumer.seekToBeginning(List.of(first));
            long end = consumer.endOffsets(List.of(first)).get(first);
            assertTrue(end > 0, "the topic is empty");
            List<String> values = new ArrayList<>();
            while (consumer.position(first) < end) {
                ConsumerRecords<String, String> records = consumer.poll(Duration.ofSeconds(1));
                records.forEach(record -> values.add(record.value()));
            }
            return values;
        }
    }

    private static int partitions(KafkaPlan plan, String topic) throws Exception {
        try (Admin admin = Admin.create(client(plan))) {
            return admin.describeTopics(Set.of(topic))
                    .allTopicNames()
                    .get(ANSWERS_WITHIN_SECONDS, TimeUnit.SECONDS)
                    .get(topic)
                    .partitions()
                    .size();
        }
    }

    private static Map<String, Object> client(KafkaPlan plan) {
        return Map.of("bootstrap.servers", plan.bootstrapServers());
    }
}
