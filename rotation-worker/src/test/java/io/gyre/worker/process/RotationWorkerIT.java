package io.gyre.worker.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gyre.event.Topics;
import io.gyre.metrics.Meter;
import io.gyre.platform.Health;
import io.gyre.platform.process.JavaCommand;
import io.gyre.platform.process.JavaCommand.Compiler;
import io.gyre.platform.process.LoopbackPort;
import io.gyre.platform.process.Poll;
import io.gyre.platform.testing.Scrape;
import io.gyre.platform.testing.SpanReceiver;
import io.gyre.platform.testing.TestKafka;
import io.gyre.platform.testing.TestPostgres;
import io.gyre.secret.SecretText;
import io.gyre.store.Tables;
import io.gyre.worker.engine.World;
import io.gyre.worker.machine.RdsEffect.Account;
import io.gyre.worker.target.SimulatedCloud;
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
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The packaged program: how it says that it does not start, and what it takes on. */
class RotationWorkerIT {
    private static final int PATIENCE_SECONDS = 120;
    private static final int HEAP_MEBIBYTES = 128;
    private static final String GROUP = "gyre-rotation-workers";

    /** Tests run beside each other. */
    private static final int FIRST_INSTANCE_PORT = 24_500;

    @TempDir
    Path folder;

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
    void aWorkerThatIsTooOldForTheTablesEndsInsteadOfWorkingOnThem() throws Exception {
        TestPostgres.Database database = TestPostgres.freshDatabase();
        try (World world = new World(database)) {
            UUID rotation = world.rotation(world.secret("of-a-newer-version"), "immediate");
            world.sql("COMMENT ON TABLE flyway_schema_history IS 'Versions whose last migration is 9000 or later.'");
            Process worker = serving("worker-1", "rds", database, Map.of());
            try {
                assertTrue(worker.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS), "it goes on");
            } finally {
                worker.destroyForcibly();
            }
            assertEquals(1, worker.exitValue());
            String told = Files.readString(folder.resolve("worker-1.log"));
            assertTrue(
                    told.contains("take no version of Gyre whose last migration is before 9000; this one's is "
                            + Tables.NEWEST_MIGRATION + ": start the version that was here before the last upgrade"),
                    told);
            assertEquals("0", world.text("SELECT CAST(fence AS text) FROM rotation WHERE rotation_id = $1", rotation));
        }
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
            int ops = LoopbackPort.anyFree();
            Process worker = serving("worker-1", "ecs", database, Map.of("GYRE_OPS_PORT", Integer.toString(ops)));
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
                expectMetrics(ops);
                assertFalse(
                        Files.readString(folder.resolve("worker-1.log")).contains("export"),
                        "it tries to send what nobody takes");
            } finally {
                worker.destroyForcibly().onExit().join();
            }
        }
    }

    /** What it did by then; its cloud is not there. */
    private static void expectMetrics(int port) throws Exception {
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

    /**
     * The call that sets a password is under way when the worker is asked to end. Its outcome is committed by that worker; what
     * follows is free for another one as soon as it has ended, and the call is not repeated.
     */
    @Test
    void aWorkerThatIsTerminatedInTheMiddleOfAStepHandsItOn() throws Exception {
        TestPostgres.Database database = TestPostgres.freshDatabase();
        try (SimulatedCloud cloud =
                        new SimulatedCloud(Files.createDirectory(folder.resolve("cloud")), FIRST_INSTANCE_PORT);
                HeldLine line = new HeldLine(cloud.config().rdsEndpoint().getPort(), "ResetAccountPassword");
                World world = new World(database)) {
            UUID rotation = rotationAt(cloud, world);
            int ops = LoopbackPort.anyFree();
            Map<String, String> settings = Map.of(
                    "GYRE_OPS_PORT",
                    Integer.toString(ops),
                    "GYRE_CLOUD_RDS_ENDPOINT",
                    "http://127.0.0.1:" + line.port());
            Process first = serving("worker-1", "rds", database, settings);
            try {
                isMet("the call", line::holds);
                assertTrue(new Health().isReady(ops), "it is not ready before");
                first.destroy();
                isMet("a worker that is not ready", () -> !new Health().isReady(ops));
                assertTrue(first.isAlive(), "it does not wait for what is out");
                assertEquals("RESET worker-1", phaseAndHolder(world, rotation));
                line.letGo();
                assertTrue(first.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS), "it goes on");
            } finally {
                first.destroyForcibly();
            }
            assertEquals("SETTLE", phaseAndHolder(world, rotation));
            assertTrue(isDue(world, rotation), "nobody may take it up yet");

            Process second = serving("worker-2", "rds", database, settings);
            try {
                isMet("the end of the rotation", () -> world.text(
                                "SELECT state FROM rotation WHERE rotation_id = $1", rotation)
                        .equals("Succeeded"));
            } finally {
                second.destroyForcibly().onExit().join();
            }
            assertEquals(
                    "1 worker-1",
                    world.text(
                            "SELECT count(*) || ' ' || min(worker) FROM rotation_step WHERE rotation_id = $1"
                                    + " AND phase = 'RESET'",
                            rotation));
        }
    }

    /** The lease is taken from the worker while a call is out, so that it has something to say of the rotation. */
    @ParameterizedTest
    @EnumSource
    void aWorkerThatIsToldWhereTracesGoFollowsItsRotationsAndItsLogNamesThem(SpanReceiver.Protocol protocol)
            throws Exception {
        String trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        TestPostgres.Database database = TestPostgres.freshDatabase();
        try (SpanReceiver receiver = new SpanReceiver(protocol);
                SimulatedCloud cloud =
                        new SimulatedCloud(Files.createDirectory(folder.resolve("cloud")), FIRST_INSTANCE_PORT + 50);
                HeldLine line = new HeldLine(cloud.config().rdsEndpoint().getPort(), "ResetAccountPassword");
                World world = new World(database)) {
            UUID rotation = rotationAt(cloud, world);
            world.sql(
                    "UPDATE rotation SET trace_parent = $2 WHERE rotation_id = $1",
                    rotation,
                    "00-" + trace + "-00f067aa0ba902b7-01");
            Process worker = serving(
                    "worker-1",
                    "rds",
                    database,
                    Map.of(
                            "GYRE_CLOUD_RDS_ENDPOINT",
                            "http://127.0.0.1:" + line.port(),
                            "GYRE_TRACES_ENDPOINT",
                            receiver.endpoint(),
                            "GYRE_TRACES_PROTOCOL",
                            protocol.setting(),
                            "GYRE_LOG_JSON",
                            "true"));
            try {
                isMet("the call", line::holds);
                world.sql(
                        "UPDATE rotation SET fence = fence + 1, lease_until = clock_timestamp(), wake_at = clock_timestamp()"
                                + " WHERE rotation_id = $1",
                        rotation);
                line.letGo();
                isMet("the end of the rotation", () -> world.text(
                                "SELECT state FROM rotation WHERE rotation_id = $1", rotation)
                        .equals("Succeeded"));
                isMet("its span", () -> receiver.spans().stream()
                        .anyMatch(span -> span.name().equals("rds rotation")));
                worker.destroy();
                assertTrue(worker.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS), "it goes on");
            } finally {
                worker.destroyForcibly().onExit().join();
            }
            List<SpanReceiver.Span> ofRotation = receiver.spans();
            assertEquals(
                    Set.of(trace),
                    ofRotation.stream().map(SpanReceiver.Span::traceId).collect(Collectors.toSet()));
            assertTrue(ofRotation.stream().allMatch(span -> span.service().equals("gyre-rotation-worker")));
            assertTrue(ofRotation.stream().anyMatch(span -> span.name().equals("rds/ResetAccountPassword")));
            for (String hidden : List.of(
                    "First-Password-1", SimulatedCloud.KEY_ID, SimulatedCloud.KEY_SECRET.reveal(), "ACS3-HMAC")) {
                assertFalse(receiver.hasHeard(hidden), hidden);
            }
            expectLogOf(rotation, trace, Files.readAllLines(folder.resolve("worker-1.log")));
        }
    }

    private static void expectLogOf(UUID rotation, String trace, List<String> lines) {
        JsonObject lost = lines.stream()
                .map(JsonObject::new)
                .filter(line -> line.getString("message").contains("the lease was lost"))
                .findFirst()
                .orElseThrow(() -> new AssertionError(String.join("\n", lines)));
        assertEquals(JsonObject.of("rotationId", rotation.toString(), "traceId", trace), lost.getJsonObject("mdc"));
    }

    /** Of a secret whose one account exists there. */
    private static UUID rotationAt(SimulatedCloud cloud, World world) {
        Account account = cloud.account("app", "First-Password-1");
        Map<String, String> place = Map.of("DBInstanceId", account.instanceId());
        SecretText value = SecretText.of("{\"AccountName\":\"app\",\"AccountPassword\":\"First-Password-1\"}");
        long secret = world.secret("at-rds", "Rds", "SingleUser", place, new World.Version("v-a", "app", value), null);
        return world.rotation(secret, "immediate", "rds", place);
    }

    private static String phaseAndHolder(World world, UUID rotation) {
        return world.text("SELECT concat_ws(' ', phase, lease_holder) FROM rotation WHERE rotation_id = $1", rotation);
    }

    private static boolean isDue(World world, UUID rotation) {
        return world.text(
                        "SELECT lease_until IS NULL AND wake_at <= clock_timestamp() FROM rotation WHERE rotation_id ="
                                + " $1",
                        rotation)
                .equals("true");
    }

    private static void isMet(String what, BooleanSupplier condition) {
        assertTrue(Poll.until(Duration.ofSeconds(PATIENCE_SECONDS), condition), "waited in vain for " + what);
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

    /** A worker with everything that it needs but a cloud, unless the settings name one. */
    private Process serving(String name, String types, TestPostgres.Database database, Map<String, String> settings)
            throws IOException {
        Map<String, String> environment = complete();
        Path secrets = folder.resolve(name + ".properties");
        Files.writeString(
                secrets,
                "gyre.db.password=" + database.password().reveal() + "\ngyre.cloud.access-key-id="
                        + SimulatedCloud.KEY_ID + "\ngyre.cloud.access-key-secret="
                        + SimulatedCloud.KEY_SECRET.reveal() + "\n");
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
                "GYRE_WORKER_TYPES", types,
                "GYRE_WORKER_NAME", name));
        environment.putAll(settings);
        ProcessBuilder worker = worker(folder.resolve(name + ".log"));
        worker.environment().putAll(environment);
        return worker.start();
    }

    private static ProcessBuilder worker(Path told) {
        return new ProcessBuilder(JavaCommand.ofJar(
                        Path.of("target", "quarkus-app", "quarkus-run.jar"), HEAP_MEBIBYTES, Compiler.READY_SOONEST))
                .redirectErrorStream(true)
                .redirectOutput(told.toFile());
    }

    private Path rootKey() throws IOException {
        Path file = folder.resolve("root.key");
        if (!Files.exists(file)) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
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
