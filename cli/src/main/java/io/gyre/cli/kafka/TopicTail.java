package io.gyre.cli.kafka;

import io.gyre.platform.PlatformException;
import io.gyre.topics.TopicRecord;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads one topic, all of its partitions, without a group: nobody shares this reading or goes on with it. */
public final class TopicTail {
    private static final Duration POLL = Duration.ofMillis(200);

    private final KafkaPlace place;
    private final String topic;

    public TopicTail(KafkaPlace place, String topic) {
        this.place = place;
        this.topic = topic;
    }

    /**
     * Reads until the reader has enough, or the JVM ends.
     *
     * @param fromBeginning whether from the first record that is kept; else what comes from now on
     * @param reader takes a record and tells whether it wants more
     * @throws PlatformException where there is no such topic, or Kafka does not answer
     */
    public void read(boolean fromBeginning, Predicate<TopicRecord> reader) {
        var settings = place.clientSettings();
        settings.put("enable.auto.commit", false);
        settings.put("allow.auto.create.topics", false);
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = partitions(consumer);
            consumer.assign(partitions);
            if (fromBeginning) {
                consumer.seekToBeginning(partitions);
            } else {
                consumer.seekToEnd(partitions);
            }
            while (true) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    if (!reader.test(new TopicRecord(record))) {
                        return;
                    }
                }
            }
        } catch (KafkaException e) {
            throw place.silent(e);
        }
    }

    private List<TopicPartition> partitions(KafkaConsumer<byte[], byte[]> consumer) {
        var topics = consumer.listTopics();
        var found = topics.get(topic);
        if (found == null) {
            topics.keySet().removeIf(name -> name.startsWith("__"));
            throw new PlatformException("There is no topic \"" + topic + "\" at " + place.bootstrap()
                    + ": choose among " + String.join(", ", new TreeSet<>(topics.keySet())) + ".");
        }
        return found.stream()
                .map(each -> new TopicPartition(each.topic(), each.partition()))
                .toList();
    }
}
