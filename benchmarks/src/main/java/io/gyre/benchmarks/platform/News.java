package io.gyre.benchmarks.platform;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gyre.event.Topics;
import io.gyre.platform.PlatformException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** The timelines of rotations as Kafka tells them, with the time at which each entry was here. */
final class News implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(20);

    private static final ObjectMapper JSON = new ObjectMapper();

    private final KafkaConsumer<String, String> consumer;
    /** In the order in which they were heard of first. */
    private final Map<String, List<Entry>> timelines = new LinkedHashMap<>();

    private final Set<String> seen = new HashSet<>();

    /** Reads from now on. */
    News(String bootstrapServers) {
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers, "enable.auto.commit", "false", "fetch.max.wait.ms", "20"),
                new StringDeserializer(),
                new StringDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(Topics.EVENTS).stream()
                .map(each -> new TopicPartition(each.topic(), each.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
    }

    /**
     * An entry of a timeline.
     *
     * @param committed when the transition was committed, by PostgreSQL's clock, which is this machine's
     * @param heard when its event was here
     */
    record Entry(String phase, String state, Instant committed, Instant heard) {
        boolean isLast() {
            return state.equals("Succeeded") || state.equals("Failed");
        }
    }

    /** Reads until so many rotations have entered the phase, or have ended where the phase is none; @return all timelines. */
    Map<String, List<Entry>> until(int rotations, Duration within, String phase) {
        long deadline = System.nanoTime() + within.toNanos();
        while (count(phase) < rotations) {
            if (System.nanoTime() > deadline) {
                throw new PlatformException("Only " + count(phase) + " of " + rotations + " rotations came to "
                        + (phase.isEmpty() ? "their end" : phase) + " within " + within.toSeconds() + " s.");
            }
            consumer.poll(POLL).forEach(this::take);
        }
        return timelines;
    }

    /** As {@link #until}; @return the timeline of the last rotation that was heard of */
    List<Entry> latest(int rotations, Duration within, String phase) {
        List<List<Entry>> all = List.copyOf(until(rotations, within, phase).values());
        return all.get(all.size() - 1);
    }

    private long count(String phase) {
        return timelines.values().stream()
                .filter(entries -> entries.stream()
                        .anyMatch(each ->
                                phase.isEmpty() ? each.isLast() : each.phase().equals(phase)))
                .count();
    }

    private void take(ConsumerRecord<String, String> record) {
        JsonNode json;
        try {
            json = JSON.readTree(record.value());
        } catch (JsonProcessingException e) {
            throw new PlatformException(Topics.EVENTS + " holds a record that is no JSON.", e);
        }
        String rotation = json.path("rotationId").asText();
        if (rotation.isEmpty() || !seen.add(rotation + "#" + json.path("step").asText())) {
            return;
        }
        timelines
                .computeIfAbsent(rotation, id -> new ArrayList<>())
                .add(new Entry(
                        json.path("phase").asText(),
                        json.path("state").asText(),
                        Instant.parse(json.path("atWall").asText()),
                        Instant.now()));
    }

    @Override
    public void close() {
        consumer.close();
    }
}
