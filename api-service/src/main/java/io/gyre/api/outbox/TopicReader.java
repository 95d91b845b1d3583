package io.gyre.api.outbox;

import io.gyre.api.wire.OffLoop;
import io.gyre.topics.TopicState;
import io.gyre.topics.TopicSurvey;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Looks into topics for an operator who waits for the answer: without a group, and as bytes, since anything may be there. Fails
 * with {@link KafkaAway} where Kafka does not answer within seconds.
 */
@ApplicationScoped
public class TopicReader {
    private static final int PATIENCE_MILLIS = 5000;
    private static final Duration POLL = Duration.ofMillis(500);
    private static final int EMPTY_POLLS = PATIENCE_MILLIS / 500;

    /** Of one answer of the broker: large records are read one after the other. */
    private static final int FETCHED_BYTES = 4 * 1024 * 1024;

    private final String bootstrapServers;
    private final Map<String, Object> settings;

    TopicReader(Broker broker) {
        this.bootstrapServers = broker.bootstrapServers();
        this.settings = Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "allow.auto.create.topics",
                "false",
                "enable.auto.commit",
                "false",
                "auto.offset.reset",
                "none",
                "fetch.max.bytes",
                FETCHED_BYTES,
                "max.partition.fetch.bytes",
                FETCHED_BYTES,
                "default.api.timeout.ms",
                PATIENCE_MILLIS);
    }

    /** Kafka does not answer, or not in time. */
    public static final class KafkaAway extends RuntimeException {
        private static final long serialVersionUID = 1L;

        KafkaAway(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /**
     * The newest records of a topic, of each partition the oldest first.
     *
     * @param limit how many of each partition
     * @param kept what is kept of each, so that large ones are not held together
     */
    public <T> Uni<List<T>> newest(String topic, int limit, Function<ConsumerRecord<byte[], byte[]>, T> kept) {
        return reading(consumer -> {
            List<T> newest = new ArrayList<>();
            for (TopicPartition partition : partitions(consumer, topic)) {
                long end = end(consumer, partition);
                read(consumer, partition, Math.max(beginning(consumer, partition), end - limit), end, record -> {
                    newest.add(kept.apply(record));
                });
            }
            return newest;
        });
    }

    /** The record at a place; empty where there is none, or none any more. */
    public <T> Uni<Optional<T>> one(
            String topic, int number, long offset, Function<ConsumerRecord<byte[], byte[]>, T> kept) {
        return reading(consumer -> {
            TopicPartition partition = new TopicPartition(topic, number);
            List<T> found = new ArrayList<>();
            if (partitions(consumer, topic).contains(partition)
                    && offset >= beginning(consumer, partition)
                    && offset < end(consumer, partition)) {
                read(consumer, partition, offset, offset + 1, record -> {
                    found.add(kept.apply(record));
                });
            }
            return found.stream().findFirst();
        });
    }

    /** How many records a topic holds; empty where there is no such topic. */
    public Uni<Optional<Long>> size(String topic) {
        return reading(consumer -> {
            List<TopicPartition> partitions = partitions(consumer, topic);
            long size = 0;
            for (TopicPartition partition : partitions) {
                size += end(consumer, partition) - beginning(consumer, partition);
            }
            return partitions.isEmpty() ? Optional.empty() : Optional.of(size);
        });
    }

    /** Every topic of Gyre, and how far each consumer group is behind. */
    public Uni<List<TopicState>> states() {
        return OffLoop.compute(() -> {
            try {
                return survey();
            } catch (KafkaException | ExecutionException | TimeoutException e) {
                throw new KafkaAway("Kafka does not answer.", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new KafkaAway("The process ends.", e);
            }
        });
    }

    private List<TopicState> survey() throws ExecutionException, InterruptedException, TimeoutException {
        Admin admin = Admin.create(Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "request.timeout.ms",
                PATIENCE_MILLIS,
                "default.api.timeout.ms",
                PATIENCE_MILLIS));
        try {
            return TopicSurvey.of(admin, Duration.ofMillis(PATIENCE_MILLIS));
        } finally {
            // What has not been answered by now is not waited for.
            admin.close(Duration.ZERO);
        }
    }

    private <T> Uni<T> reading(Function<KafkaConsumer<byte[], byte[]>, T> work) {
        return OffLoop.compute(() -> {
            try (KafkaConsumer<byte[], byte[]> consumer =
                    new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
                return work.apply(consumer);
            } catch (KafkaException e) {
                throw new KafkaAway("Kafka does not answer.", e);
            }
        });
    }

    private static List<TopicPartition> partitions(KafkaConsumer<byte[], byte[]> consumer, String topic) {
        List<PartitionInfo> known = consumer.listTopics().get(topic);
        return known == null
                ? List.of()
                : known.stream()
                        .map(each -> new TopicPartition(each.topic(), each.partition()))
                        .toList();
    }

    private static long beginning(KafkaConsumer<byte[], byte[]> consumer, TopicPartition partition) {
        return consumer.beginningOffsets(List.of(partition)).getOrDefault(partition, 0L);
    }

    private static long end(KafkaConsumer<byte[], byte[]> consumer, TopicPartition partition) {
        return consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
    }

    private static void read(
            KafkaConsumer<byte[], byte[]> consumer,
            TopicPartition partition,
            long begin,
            long end,
            Consumer<ConsumerRecord<byte[], byte[]>> each) {
        consumer.assign(List.of(partition));
        consumer.seek(partition, begin);
        int empty = 0;
        while (consumer.position(partition) < end) {
            List<ConsumerRecord<byte[], byte[]>> records = consumer.poll(POLL).records(partition);
            empty = records.isEmpty() ? empty + 1 : 0;
            if (empty == EMPTY_POLLS) {
                throw new KafkaException("Kafka gives no records.");
            }
            records.stream().filter(record -> record.offset() < end).forEach(each);
        }
    }
}
