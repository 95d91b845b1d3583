package io.gyre.worker.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gyre.event.Topics;
import io.gyre.metrics.Meter;
import io.gyre.platform.process.LoopbackPort;
import io.gyre.platform.process.Poll;
import io.gyre.platform.testing.Scrape;
import io.gyre.platform.testing.TestKafka;
import io.gyre.platform.testing.TestPostgres;
import io.gyre.worker.engine.World;
import io.vertx.core.json.JsonObject;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program: how it says that it does not start, and what it takes on. */
class RotationWorkerIT {
    private static final int PATIENCE_SECONDS = 120;
    private static final String GROUP = "gyre-rotation-workers";

    @TempDir
    Path folder;

    private int port;

    @Test
    void aMissingRootKeyIsSaidInOneSentence() throws Exception {
        expectRefusal("No root key is given, and there is no default", Map.of());
    }

    @Test
    void aRootKeyThatOthersMayReadIsSaidInOneSentence() throws Exception {
        Path key = rootKey();
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
        expectRefusal("run chmod 600 on it", Map.of("GYRE_ROOT_KEY_FILE", key.toString()));
    }

    @Test
    void anUnknownRotationTypeIsSaidInOneSentence() throws Exception {
        expectRefusal(
                "GYRE_WORKER_TYPES names the rotation type \"oracle\"",
                Map.of("GYRE_ROOT_KEY_FILE", rootKey().toString(), "GYRE_WORKER_TYPES", "oracle"));
    }

    @Test
    void aWorkerLeavesAloneWhatItDoesNotServeAndSharesItsTopicsCooperatively() throws Exception {
        TestPostgres.Database database = TestPostgres.freshDatabase();
        try (World world = new World(database)) {
            UUID foreign = world.rotation(world.secret("of-another-type"), "immediate");
            UUID served = world.rotation(world.secret("of-its-type"), "immediate");
            world.sql(
                    "UPDATE rotation SET rotation_type = 'ecs', secret_sub_type = 'Password', target = $2"
                            + " WHERE rotation_id = $1",
                    served,
                    JsonObject.of("RegionId", "cn-hangzhou", "InstanceId", "i-1"));
            Process worker = serving("ecs", database);
            try {
                // Both are due, the other one for longer: a claim that took it would have taken it first.
                assertTrue(
                        Poll.until(Duration.ofSeconds(PATIENCE_SECONDS), () -> world.text(
                                        "SELECT attempt FROM rotation WHERE rotation_id = $1", served)
                                .equals("1")),
                        "it does not try the one that it serves");
                assertEquals(
                        "REQUESTED 0",
                        world.text(
                                "SELECT concat_ws(' ', phase, fence) FROM rotation WHERE rotation_id = $1", foreign));
                try (Admin kafka = Admin.create(Map.of("bootstrap.servers", TestKafka.bootstrapServers()))) {
                    assertTrue(
                            Poll.until(Duration.ofSeconds(PATIENCE_SECONDS), () -> topicsOf(kafka)
                                    .equals(Set.of(Topics.requests("ecs")))),
                            "it is not given the topic of its type, and that alone");
                    assertEquals("cooperative-sticky", group(kafka).partitionAssignor());
                }
                expectMetrics();
            } finally {
                worker.destroyForcibly().onExit().join();
            }
        }
    }

    /** What it did by then; its cloud is not there. */
    private void expectMetrics() throws Exception {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/q/metrics"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertEquals(200, answer.statusCode());
        Scrape scrape = new Scrape(answer.body());
        assertEquals(Set.of(), scrape.undeclared(Meter.Service.ROTATION_WORKER), answer.body());
        assertEquals(Optional.of(1.0), scrape.value("gyre_rotation_pickup_seconds_count", "type", "ecs"));
        assertTrue(
                scrape.value("gyre_cloud_call_seconds_count", "product", "ecs", "outcome", "not_sent")
                                .orElseThrow()
                        >= 1,
                answer.body());
        assertEquals(Optional.of(0.0), scrape.value("gyre_dead_letters_total"));
        assertTrue(scrape.value("gyre_rotations_in_hand").isPresent(), answer.body());
        assertTrue(scrape.value("jvm_threads_live_threads").isPresent(), answer.body());
        assertFalse(answer.body().contains("of-its-type"), "the secret's name is nobody's to see here");
    }

    private static ConsumerGroupDescription group(Admin kafka) {
        return kafka.describeConsumerGroups(List.of(GROUP))
                .describedGroups()
                .get(GROUP)
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    /** As the broker has it: what the group's members were given. */
    private static Set<String> topicsOf(Admin kafka) {
        return group(kafka).members().stream()
                .flatMap(member -> member.assignment().topicPartitions().stream())
                .map(TopicPartition::topic)
                .collect(Collectors.toSet());
    }

    /** A worker with everything that it needs but a cloud. */
    private Process serving(String types, TestPostgres.Database database) throws IOException {
        Map<String, String> environment = complete();
        Path secrets = folder.resolve("serving.properties");
        Files.writeString(
                secrets,
                "gyre.db.password=" + database.password().reveal()
                        + "\ngyre.cloud.access-key-id=none\ngyre.cloud.access-key-secret=none\n");
        Path rootKey = rootKey();
        // The key of World's rows.
        Files.writeString(rootKey, Base64.getEncoder().encodeToString(new byte[32]));
        environment.putAll(Map.of(
                "SMALLRYE_CONFIG_LOCATIONS", secrets.toString(),
                "GYRE_ROOT_KEY_FILE", rootKey.toString(),
                "GYRE_DB_HOST", database.host(),
                "GYRE_DB_PORT", Integer.toString(database.port()),
                "GYRE_DB_NAME", database.name(),
                "GYRE_DB_USER", database.user(),
                "GYRE_KAFKA_BOOTSTRAP_SERVERS", TestKafka.bootstrapServers(),
                "GYRE_WORKER_TYPES", types));
        port = LoopbackPort.anyFree();
        environment.put("GYRE_OPS_PORT", Integer.toString(port));
        ProcessBuilder worker = worker(folder.resolve("serving.log"));
        worker.environment().putAll(environment);
        return worker.start();
    }

    private static ProcessBuilder worker(Path told) {
        return new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-jar",
                        Path.of("target", "quarkus-app", "quarkus-run.jar").toString()))
                .redirectErrorStream(true)
                .redirectOutput(told.toFile());
    }

    private Path rootKey() throws IOException {
        Path file = Files.createFile(
                folder.resolve("root.key"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return Files.writeString(file, "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=");
    }

    private void expectRefusal(String sentence, Map<String, String> settings) throws Exception {
        Path told = folder.resolve("worker.log");
        ProcessBuilder worker = worker(told);
        worker.environment().putAll(complete());
        worker.environment().putAll(settings);
        Process process = worker.start();
        try {
            assertTrue(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS), "it goes on");
        } finally {
            process.destroyForcibly();
        }
        List<String> lines = Files.readAllLines(told);
        assertEquals(1, process.exitValue(), () -> String.join("\n", lines));
        assertTrue(
                lines.stream()
                        .anyMatch(
                                line -> line.startsWith("rotation-worker did not start: ") && line.contains(sentence)),
                () -> String.join("\n", lines));
        assertTrue(lines.stream().noneMatch(line -> line.startsWith("\tat ")), () -> String.join("\n", lines));
    }

    /** All that a worker needs but a root key; nobody is there. */
    private Map<String, String> complete() throws IOException {
        Path secrets = folder.resolve("worker.properties");
        Files.writeString(secrets, """
                gyre.db.password=none
                gyre.cloud.access-key-id=none
                gyre.cloud.access-key-secret=none
                """);
        Map<String, String> environment = new HashMap<>();
        environment.put("SMALLRYE_CONFIG_LOCATIONS", secrets.toString());
        environment.put("GYRE_DB_PORT", "1");
        environment.put("GYRE_KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:1");
        environment.put("GYRE_OPS_PORT", "0");
        for (String service : List.of("RAM", "STS", "RDS", "ECS")) {
            environment.put("GYRE_CLOUD_" + service + "_ENDPOINT", "http://127.0.0.1:1");
        }
        environment.put("GYRE_WORKER_NAME", "worker-1");
        return environment;
    }
}
