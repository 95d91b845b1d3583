package io.gyre.cli.operations;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gyre.audit.SignedHead;
import io.gyre.event.Topics;
import io.gyre.platform.PlatformException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Heads of the audit log as they stand outside its database: in Kafka, or in a file that somebody filled from there. */
public final class OutsideHeads {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final ObjectMapper JSON = new ObjectMapper();

    private OutsideHeads() {}

    /**
     * All that the topic holds now.
     *
     * @param bootstrap {@code host:port}
     * @throws PlatformException where Kafka does not answer
     */
    public static List<SignedHead> inKafka(String bootstrap) {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                bootstrap,
                "default.api.timeout.ms",
                (int) PATIENCE.toMillis(),
                "allow.auto.create.topics",
                false);
        List<SignedHead> heads = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(Topics.AUDIT_HEADS).stream()
                    .map(each -> new TopicPartition(each.topic(), each.partition()))
                    .toList();
            var ends = consumer.endOffsets(partitions).entrySet();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (ends.stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(POLL).forEach(record -> heads.add(head(record.value(), "topic " + Topics.AUDIT_HEADS)));
            }
        } catch (KafkaException e) {
            throw new PlatformException(
                    "Kafka at " + bootstrap + " does not tell the audit log's heads: look whether it runs, or name"
                            + " another with --kafka HOST:PORT.",
                    e);
        }
        return heads;
    }

    /**
     * One record's value a line.
     *
     * @throws PlatformException where a line is no head
     */
    public static List<SignedHead> inFile(Path file) {
        try {
            return Files.readAllLines(file).stream()
                    .filter(line -> !line.isBlank())
                    .map(line -> head(line, file.toString()))
                    .toList();
        } catch (IOException e) {
            throw new PlatformException("The file " + file + " cannot be read: name one with --heads.", e);
        }
    }

    private static SignedHead head(String text, String where) {
        try {
            return AuditPages.head(JSON.readTree(text));
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new PlatformException("What stands in " + where + " is no head of an audit log.", e);
        }
    }
}
