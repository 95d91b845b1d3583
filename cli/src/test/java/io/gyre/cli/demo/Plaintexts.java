package io.gyre.cli.demo;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.gyre.platform.AccessKeyFile;
import io.gyre.platform.Home;
import io.gyre.platform.PlatformFacts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** What nobody may read in a table, a record or a log. Safe for use by several threads. */
final class Plaintexts {
    private final Set<String> all = ConcurrentHashMap.newKeySet();

    /** The parts of a secret's value that are secret: passwords, and a line out of the middle of a private key. */
    void remember(JsonNode value) {
        for (String field : List.of("AccessKeySecret", "AccountPassword", "Password")) {
            if (value.hasNonNull(field)) {
                all.add(value.path(field).asText());
            }
        }
        if (value.hasNonNull("PrivateKey")) {
            all.add(value.path("PrivateKey").asText().split("\n", -1)[3]);
        }
    }

    /** The two AccessKeys that the platform made for itself. */
    void rememberOwnKeys(PlatformFacts facts) {
        for (Path file : List.of(facts.administratorKeyFile(), facts.cloudAccountKeyFile())) {
            all.add(AccessKeyFile.read(file).accessKeySecret().reveal());
        }
    }

    int count() {
        return all.size();
    }

    /** @param proof a text that stands there, so that nothing was searched in vain */
    void requireNoneInTables(PlatformDatabase database, String proof) {
        requireNone("a table", database.dump(), proof);
    }

    /** @param proof as above */
    void requireNoneInRecords(PlatformFacts facts, String proof) {
        requireNone("a record", records(facts), proof);
    }

    void requireNoneInLogs(PlatformFacts facts) throws IOException {
        StringBuilder dump = new StringBuilder();
        try (Stream<Path> files = Files.list(new Home(facts.home()).logs())) {
            for (Path file : files.toList()) {
                dump.append(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
            }
        }
        requireNone("a log", dump.toString(), "worker-1");
    }

    private void requireNone(String where, String dump, String proof) {
        assertTrue(dump.contains(proof), "The dump of " + where + " holds what is there.");
        for (String plaintext : all) {
            String hex = HexFormat.of().formatHex(plaintext.getBytes(StandardCharsets.UTF_8));
            assertFalse(dump.contains(plaintext) || dump.contains(hex), "A plaintext stands in " + where + ".");
        }
    }

    private static String records(PlatformFacts facts) {
        StringBuilder dump = new StringBuilder();
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        facts.bootstrapServers(),
                        "group.id",
                        UUID.randomUUID().toString()),
                new StringDeserializer(),
                new StringDeserializer())) {
            List<TopicPartition> partitions = new ArrayList<>();
            for (String topic : facts.topics()) {
                consumer.partitionsFor(topic)
                        .forEach(each -> partitions.add(new TopicPartition(topic, each.partition())));
            }
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.get(each))) {
                for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(200))) {
                    dump.append(record.key()).append(record.value());
                    record.headers().forEach(header -> dump.append(header.key())
                            .append(new String(header.value(), StandardCharsets.UTF_8)));
                }
            }
        }
        return dump.toString();
    }
}
