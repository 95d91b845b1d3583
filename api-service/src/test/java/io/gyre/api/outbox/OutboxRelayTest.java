package io.gyre.api.outbox;

import static io.gyre.api.testing.KafkaReader.header;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.aliyun.kms20160120.models.RotateSecretRequest;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gyre.api.testing.Clients;
import io.gyre.api.testing.KafkaReader;
import io.gyre.api.testing.Rows;
import io.gyre.api.testing.Secrets;
import io.gyre.event.RotationRequested;
import io.gyre.event.RotationStepped;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

@QuarkusTest
class OutboxRelayTest {
    @Inject
    Clients clients;

    @Inject
    Secrets secrets;

    @Inject
    Rows rows;

    @Inject
    ObjectMapper json;

    @ConfigProperty(name = "gyre.kafka.bootstrap-servers")
    String kafka;

    @Test
    void aRotationIsToldAsCloudEventsUnderItsSecretsArn() throws Exception {
        String name = secrets.create(secrets.ram());
        String arn = "acs:kms:cn-hangzhou:1000000000000001:secret/" + name;
        clients.current()
                .rotateSecret(new RotateSecretRequest().setSecretName(name).setVersionId("v2"));
        UUID rotation = UUID.fromString(
                String.valueOf(rows.activeRotation("rotation_id", name).get(0)));
        List<ConsumerRecord<String, String>> records;
        try (KafkaReader reader = new KafkaReader(kafka)) {
            records = reader.await(
                    2,
                    record -> arn.equals(record.key())
                            && header(record, "ce_type").startsWith("io.gyre.rotation."));
        }
        ConsumerRecord<String, String> request = in("gyre.rotation.requests.ram", records);
        assertEquals(
                new RotationRequested(rotation, arn, "ram"), json.readValue(request.value(), RotationRequested.class));
        expectAttributes(request, RotationRequested.TYPE, arn);
        ConsumerRecord<String, String> event = in("gyre.rotation.events", records);
        RotationStepped stepped = json.readValue(event.value(), RotationStepped.class);
        assertEquals(
                new RotationStepped(
                        rotation,
                        1,
                        arn,
                        name,
                        "RAMCredentials",
                        "immediate",
                        "v2",
                        "REQUESTED",
                        "Running",
                        "Requested by RotateSecret.",
                        null,
                        stepped.at(),
                        stepped.atWall(),
                        null),
                stepped);
        expectAttributes(event, RotationStepped.TYPE, arn);
        assertEquals(stepped.atWall(), Instant.parse(header(event, "ce_time")));
    }

    @Test
    void theTraceOfWhatCausedItIsPassedOn() {
        String key = "trace-" + UUID.randomUUID();
        String trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        rows.change(
                "INSERT INTO outbox (topic, record_key, event_type, trace_parent, data)"
                        + " VALUES ('gyre.rotation.events', ?, 'test', ?, '{}')",
                key,
                trace);
        rows.change(
                "INSERT INTO outbox (topic, record_key, event_type, data)"
                        + " VALUES ('gyre.rotation.events', ?, 'test', '{}')",
                key);
        try (KafkaReader reader = new KafkaReader(kafka)) {
            List<ConsumerRecord<String, String>> records = reader.await(2, record -> key.equals(record.key()));
            assertEquals(trace, header(records.get(0), "traceparent"));
            assertNull(records.get(1).headers().lastHeader("traceparent"));
        }
    }

    @Test
    void theRecordsOfOneSecretLeaveInTheirOrderAndAreDeletedThen() {
        String key = "ordered-" + UUID.randomUUID();
        rows.change(
                "INSERT INTO outbox (topic, record_key, event_type, data)"
                        + " SELECT 'gyre.rotation.events', ?, 'test', jsonb_build_object('n', n)"
                        + " FROM generate_series(1, 500) AS n",
                key);
        try (KafkaReader reader = new KafkaReader(kafka)) {
            List<String> values = reader.await(500, record -> key.equals(record.key())).stream()
                    .map(ConsumerRecord::value)
                    .toList();
            assertEquals(
                    IntStream.rangeClosed(1, 500)
                            .mapToObj(n -> "{\"n\": " + n + "}")
                            .toList(),
                    values);
        }
        await().atMost(Duration.ofSeconds(30))
                .until(() -> rows.count("SELECT count(*) FROM outbox WHERE record_key = ?", key) == 0);
    }

    private static void expectAttributes(ConsumerRecord<String, String> record, String type, String arn) {
        assertEquals("1.0", header(record, "ce_specversion"));
        assertEquals(type, header(record, "ce_type"));
        assertEquals("/gyre/1000000000000001", header(record, "ce_source"));
        assertEquals(arn, header(record, "ce_subject"));
        assertEquals("application/json", header(record, "content-type"));
        assertEquals(36, UUID.fromString(header(record, "ce_id")).toString().length());
    }

    private static ConsumerRecord<String, String> in(String topic, List<ConsumerRecord<String, String>> records) {
        return records.stream()
                .filter(record -> record.topic().equals(topic))
                .findFirst()
                .orElseThrow();
    }
}
