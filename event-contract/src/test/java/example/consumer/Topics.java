package example.consumer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Some topics from their beginning, read as they grow. */
final class Topics implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final KafkaConsumer<String, byte[]> consumer;
    private final List<ConsumerRecord<String, byte[]>> read = new ArrayList<>();

    Topics(String bootstrapServers, Collection<String> topics) {
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers), new StringDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> partitions = topics.stream()
                .flatMap(topic -> consumer.partitionsFor(topic, PATIENCE).stream())
                .map(each -> new TopicPartition(each.topic(), each.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** The names of all that the broker has. */
    static Collection<String> names(String bootstrapServers) {
        try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers), new StringDeserializer(), new ByteArrayDeserializer())) {
            return consumer.listTopics(PATIENCE).keySet();
        }
    }

    /** Reads until a record is as wanted; @return all up to then */
    List<ConsumerRecord<String, byte[]>> until(Predicate<ConsumerRecord<String, byte[]>> wanted) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (read.stream().noneMatch(wanted)) {
            if (System.nanoTime() > end) {
                throw new AssertionError("It did not come within " + PATIENCE.toSeconds() + " s, but these: "
                        + read.stream().map(Told::raw).toList());
            }
            consumer.poll(Duration.ofMillis(200)).forEach(read::add);
        }
        return List.copyOf(read);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
