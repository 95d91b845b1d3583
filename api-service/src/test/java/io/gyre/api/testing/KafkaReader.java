package io.gyre.api.testing;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.gyre.event.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads everything of Gyre's topics from their beginning, as any Kafka client can. */
public final class KafkaReader implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final KafkaConsumer<String, String> consumer;
    private final List<ConsumerRecord<String, String>> seen = new ArrayList<>();

    public KafkaReader(String bootstrapServers) {
        this(
                bootstrapServers,
                Topics.all().stream().map(Topics.Declaration::name).toList());
    }

    public KafkaReader(String bootstrapServers, List<String> topics) {
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers), new StringDeserializer(), new StringDeserializer());
        List<TopicPartition> partitions = topics.stream()
                .flatMap(topic -> consumer.partitionsFor(topic, PATIENCE).stream())
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** Reads on until so many records match; @return those, in the order in which they were read */
    public List<ConsumerRecord<String, String>> await(int count, Predicate<ConsumerRecord<String, String>> wanted) {
        Instant end = Instant.now().plus(PATIENCE);
        while (matching(wanted).size() < count && Instant.now().isBefore(end)) {
            consumer.poll(Duration.ofMillis(200)).forEach(seen::add);
        }
        List<ConsumerRecord<String, String>> found = matching(wanted);
        if (found.size() < count) {
            throw new AssertionError(found.size() + " records instead of " + count + " in " + PATIENCE);
        }
        return found;
    }

    /** Everything read so far: headers, keys and values, as text. */
    public String everything() {
        StringBuilder text = new StringBuilder();
        for (ConsumerRecord<String, String> record : seen) {
            text.append(record.topic())
                    .append(' ')
                    .append(record.key())
                    .append(' ')
                    .append(record.value());
            record.headers()
                    .forEach(header ->
                            text.append(' ').append(header.key()).append('=').append(text(header)));
            text.append('\n');
        }
        return text.toString();
    }

    public static String header(ConsumerRecord<String, String> record, String name) {
        Header header = record.headers().lastHeader(name);
        assertNotNull(header, name);
        return text(header);
    }

    private List<ConsumerRecord<String, String>> matching(Predicate<ConsumerRecord<String, String>> wanted) {
        return seen.stream().filter(wanted).toList();
    }

    private static String text(Header header) {
        return new String(header.value(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
