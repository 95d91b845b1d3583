package io.gyre.worker.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gyre.event.Topics;
import io.gyre.platform.testing.KafkaResource;
import io.gyre.platform.testing.PostgresResource;
import io.gyre.platform.testing.TestKafka;
import io.gyre.platform.testing.TestPostgres;
import io.gyre.secret.SecretText;
import io.gyre.worker.engine.World;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(WorkerProcessTest.KafkaAlone.class)
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(KafkaResource.class)
class WorkerProcessTest {
    /** The sweep is so rare that whatever happens in this test, Kafka made it happen. No cloud answers. */
    public static final class KafkaAlone implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            String nobody = "http://127.0.0.1:1";
            return Map.of(
                    "quarkus.http.test-port",
                    "0",
                    "gyre.worker.name",
                    "worker-1",
                    "gyre.worker.sweep-every",
                    "PT1H",
                    "gyre.root-key-file",
                    rootKey().toString(),
                    "gyre.cloud.ram-endpoint",
                    nobody,
                    "gyre.cloud.sts-endpoint",
                    nobody,
                    "gyre.cloud.rds-endpoint",
                    nobody,
                    "gyre.cloud.ecs-endpoint",
                    nobody,
                    "gyre.cloud.access-key-id",
                    "LTAItest",
                    "gyre.cloud.access-key-secret",
                    "test");
        }

        private static Path rootKey() {
            try {
                Path file = Files.createTempFile(
                        "root",
                        ".key",
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
                file.toFile().deleteOnExit();
                return Files.writeString(file, Base64.getEncoder().encodeToString(new byte[32]));
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static final Map<String, Object> KAFKA = Map.of(
            "bootstrap.servers",
            TestKafka.bootstrapServers(),
            "group.id",
            UUID.randomUUID().toString(),
            "auto.offset.reset",
            "earliest");

    private World world;

    @BeforeEach
    void begin() {
        world = new World(new TestPostgres.Database(
                setting("gyre.db.host"),
                Integer.parseInt(setting("gyre.db.port")),
                setting("gyre.db.name"),
                setting("gyre.db.user"),
                SecretText.of(setting("gyre.db.password"))));
        world.await("a ready worker", () -> ready() == 200);
    }

    @AfterEach
    void end() {
        world.close();
    }

    private static String setting(String name) {
        return ConfigProvider.getConfig().getValue(name, String.class);
    }

    private static int ready() {
        try {
            URI health = URI.create("http://127.0.0.1:" + setting("quarkus.http.test-port") + "/q/health/ready");
            return HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(health).build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException e) {
            return 0;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void send(String value) {
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(KAFKA, new StringSerializer(), new StringSerializer())) {
            var unused = producer.send(new ProducerRecord<>(Topics.RDS_REQUESTS, "key", value));
            producer.flush();
        }
    }

    @Test
    void aRequestWakesTheWorkerAndARecordThatIsNoneGoesToTheDeadLetters() {
        String noRequest = "{\"rotationId\":\"no uuid\"} " + UUID.randomUUID();
        String withoutRotation = "{\"secretArn\":\"" + UUID.randomUUID() + "\"}";
        send(noRequest);
        send(withoutRotation);
        UUID rotation = world.rotation(world.secret("s-" + UUID.randomUUID()), "immediate");
        send("{\"rotationId\":\"" + rotation + "\",\"secretArn\":\"a\",\"rotationType\":\"rds\"}");
        world.await("the first look at the instance", () -> world.text(
                        "SELECT attempt FROM rotation WHERE rotation_id = $1", rotation)
                .equals("1"));
        assertEquals("INSPECT", world.text("SELECT phase FROM rotation WHERE rotation_id = $1", rotation));
        assertTrue(
                world.text("SELECT note FROM rotation_step WHERE rotation_id = $1 ORDER BY step DESC LIMIT 1", rotation)
                        .contains("Next try in"));

        try (KafkaConsumer<String, String> letters =
                new KafkaConsumer<>(KAFKA, new StringDeserializer(), new StringDeserializer())) {
            letters.subscribe(List.of(Topics.DEAD_LETTERS));
            Set<String> found = new HashSet<>();
            world.await("the dead letters", () -> {
                letters.poll(Duration.ofMillis(200)).forEach(letter -> found.add(letter.value()));
                return found.containsAll(Set.of(noRequest, withoutRotation));
            });
        }
    }
}
