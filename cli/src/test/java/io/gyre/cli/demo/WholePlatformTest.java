package io.gyre.cli.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.gyre.cli.terminal.Console;
import io.gyre.platform.Home;
import io.gyre.platform.Platform;
import io.gyre.platform.PlatformException;
import io.gyre.platform.PlatformPlan;
import io.gyre.platform.Progress;
import io.gyre.platform.process.ChildProcess;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Every process as it is run for people; each test goes on from where the one before it left the platform. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class WholePlatformTest {
    private static final Duration SILENCE = Duration.ofSeconds(120);
    private static final double SPEED = 7200;

    @TempDir
    static Path folder;

    private static final Console OUT = new Console(new PrintStream(new ByteArrayOutputStream(), true), false);
    private static final Set<String> PLAINTEXTS = new HashSet<>();
    private static final Map<String, JsonNode> ROTATED = new LinkedHashMap<>();

    private static PlatformPlan plan;
    private static Platform platform;

    @BeforeAll
    static void start() {
        platform = startAtFreePorts();
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    /** Tests of other checkouts may run on this machine, too. */
    private static Platform startAtFreePorts() {
        Random random = new Random();
        for (int attempt = 1; ; attempt++) {
            plan = new PlatformPlan(folder, checkout(), 20_000 + 200 * random.nextInt(60), SPEED);
            try {
                return Platform.start(plan, new Quiet());
            } catch (PlatformException e) {
                if (attempt == 5 || !String.valueOf(e.getMessage()).contains("is taken")) {
                    throw e;
                }
            }
        }
    }

    private static Path checkout() {
        Path here = Path.of("").toAbsolutePath();
        return Files.exists(here.resolve("cli")) ? here : here.resolveSibling("");
    }

    private static Kms kms() {
        return new Kms(
                platform.facts().endpoint(), AccessKeyFile.read(platform.facts().administratorKeyFile()));
    }

    @Test
    @Order(1)
    void rotationsOfAWorkerThatIsKilledAreFinishedByTheOther() {
        Kms kms = kms();
        try (Cloud cloud = new Cloud(
                        platform.facts().simulatorEndpoint(),
                        AccessKeyFile.read(platform.facts().cloudAccountKeyFile()));
                Timeline timeline = new Timeline(platform.facts().bootstrapServers(), OUT)) {
            Map<String, Story> stories = new LinkedHashMap<>();
            for (Story story : List.of(
                    new RamUserStory(cloud, kms),
                    new RdsPairStory(cloud, kms),
                    new RdsSingleStory(cloud, kms),
                    new EcsKeyStory(cloud, kms))) {
                stories.put(story.setUp(), story);
            }
            stories.keySet().forEach(secret -> remember(kms.current(secret)));
            timeline.start();
            stories.values().forEach(Story::rotate);

            Proofs proofs = new Proofs(OUT);
            Set<String> open = new TreeSet<>(stories.keySet());
            String killed = "";
            List<String> workersAfterwards = new ArrayList<>();
            while (!open.isEmpty()) {
                Timeline.Event event = timeline.next(SILENCE, open);
                if (killed.isEmpty() && event.phase().equals("SETTLE")) {
                    killed = event.worker();
                    kill(killed);
                } else if (!killed.isEmpty()) {
                    workersAfterwards.add(event.worker());
                }
                if (event.isLast()) {
                    assertEquals("Succeeded", event.state(), event.secret() + ": " + event.note());
                    open.remove(event.secret());
                    stories.get(event.secret()).prove(proofs);
                }
            }
            assertTrue(proofs.allHeld(), proofs.summary());
            assertFalse(killed.isEmpty(), "no worker was killed");
            assertFalse(
                    workersAfterwards.get(workersAfterwards.size() - 1).equals(killed),
                    "a dead worker ended the last rotation");
            stories.keySet().forEach(secret -> ROTATED.put(secret, kms.current(secret)));
            ROTATED.values().forEach(WholePlatformTest::remember);
        }
    }

    private static void kill(String worker) {
        for (ChildProcess each : platform.processes()) {
            if (each.name().equals(worker)) {
                assertTrue(each.handle().destroyForcibly());
                return;
            }
        }
        throw new AssertionError("There is no process " + worker + ".");
    }

    /** The parts of a value that nobody may read: passwords, and a line out of the middle of a private key. */
    private static void remember(JsonNode value) {
        for (String field : List.of("AccessKeySecret", "AccountPassword", "Password")) {
            if (value.hasNonNull(field)) {
                PLAINTEXTS.add(value.path(field).asText());
            }
        }
        if (value.hasNonNull("PrivateKey")) {
            PLAINTEXTS.add(value.path("PrivateKey").asText().split("\n", -1)[3]);
        }
    }

    @Test
    @Order(2)
    void noPlaintextIsInAnyTableRecordOrLog() throws SQLException, IOException {
        PLAINTEXTS.add(AccessKeyFile.read(platform.facts().administratorKeyFile())
                .accessKeySecret()
                .reveal());
        PLAINTEXTS.add(AccessKeyFile.read(platform.facts().cloudAccountKeyFile())
                .accessKeySecret()
                .reveal());
        assertEquals(10, PLAINTEXTS.size(), "two values of each of the four secrets, and two AccessKeys");
        String tables = tables();
        assertTrue(tables.contains("db/orders"), "the dump holds what is there");
        requireNone("a table", tables);
        String records = records();
        assertTrue(records.contains("db/orders"), "the dump holds what is there");
        requireNone("a record", records);
        String logs = logs();
        assertTrue(logs.contains("worker-1"), "the dump holds what is there");
        requireNone("a log", logs);
    }

    private static void requireNone(String where, String dump) {
        for (String plaintext : PLAINTEXTS) {
            String hex = HexFormat.of().formatHex(plaintext.getBytes(StandardCharsets.UTF_8));
            assertFalse(dump.contains(plaintext) || dump.contains(hex), "A plaintext stands in " + where + ".");
        }
    }

    private static String tables() throws SQLException, IOException {
        String password =
                Files.readString(new Home(folder).secret("postgres-platform")).strip();
        String url = "jdbc:postgresql://127.0.0.1:" + plan.ports().postgres() + "/gyre";
        StringBuilder dump = new StringBuilder();
        try (Connection connection = DriverManager.getConnection(url, "platform", password);
                Statement statement = connection.createStatement()) {
            List<String> names = new ArrayList<>();
            try (ResultSet tables = statement.executeQuery(
                    "SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public'")) {
                while (tables.next()) {
                    names.add(tables.getString(1));
                }
            }
            for (String name : names) {
                try (ResultSet rows = statement.executeQuery("SELECT t::text FROM " + name + " t")) {
                    while (rows.next()) {
                        dump.append(rows.getString(1)).append('\n');
                    }
                }
            }
        }
        return dump.toString();
    }

    private static String records() {
        StringBuilder dump = new StringBuilder();
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        platform.facts().bootstrapServers(),
                        "group.id",
                        UUID.randomUUID().toString()),
                new StringDeserializer(),
                new StringDeserializer())) {
            List<TopicPartition> partitions = new ArrayList<>();
            for (String topic : platform.facts().topics()) {
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

    private static String logs() throws IOException {
        StringBuilder dump = new StringBuilder();
        try (Stream<Path> files = Files.list(new Home(folder).logs())) {
            for (Path file : files.toList()) {
                dump.append(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
            }
        }
        return dump.toString();
    }

    @Test
    @Order(3)
    void aSecondStartFindsItsSecretsAgain() {
        platform.close();
        platform = Platform.start(plan, new Quiet());
        Kms kms = kms();
        assertEquals(4, ROTATED.size());
        ROTATED.forEach((secret, value) -> assertEquals(value, kms.current(secret)));
    }

    /** Nobody watches. */
    private static final class Quiet implements Progress {
        @Override
        public void starting(String process) {}

        @Override
        public void ready(String process, Duration after) {}

        @Override
        public void stopping() {}

        @Override
        public void stopped(Duration after) {}
    }
}
