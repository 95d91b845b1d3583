package io.gyre.cli.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.gyre.cli.ApiOutput;
import io.gyre.cli.operations.OperationsApi;
import io.gyre.cli.terminal.Console;
import io.gyre.platform.AccessKeyFile;
import io.gyre.platform.PlatformFacts;
import io.gyre.platform.process.ChildProcess;
import io.gyre.platform.process.Poll;
import io.gyre.platform.testing.TestPlatform;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
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

    @TempDir
    static Path folder;

    private static final Console OUT = new Console(new PrintStream(new ByteArrayOutputStream(), true), false);
    private static final Plaintexts PLAINTEXTS = new Plaintexts();
    private static final Map<String, JsonNode> ROTATED = new LinkedHashMap<>();

    private static TestPlatform running;

    @BeforeAll
    static void start() {
        running = TestPlatform.start(folder, 2);
    }

    @AfterAll
    static void stop() {
        if (running != null) {
            running.platform().close();
        }
    }

    @Test
    @Order(1)
    void rotationsOfAWorkerThatIsKilledAreFinishedByTheOther() {
        Kms kms = Kms.of(running.platform().facts());
        try (Cloud cloud = Cloud.of(running.platform().facts());
                Timeline timeline = new Timeline(running.platform().facts().bootstrapServers(), OUT)) {
            Map<String, Story> stories = new LinkedHashMap<>();
            for (Story story : List.of(
                    new RamUserStory(cloud, kms),
                    new RdsPairStory(cloud, kms),
                    new RdsSingleStory(cloud, kms),
                    new EcsKeyStory(cloud, kms))) {
                stories.put(story.setUp(), story);
            }
            stories.keySet().forEach(secret -> PLAINTEXTS.remember(kms.current(secret)));
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
            ROTATED.values().forEach(PLAINTEXTS::remember);
        }
    }

    private static void kill(String worker) {
        for (ChildProcess each : running.platform().processes()) {
            if (each.name().equals(worker)) {
                assertTrue(each.handle().destroyForcibly());
                return;
            }
        }
        throw new AssertionError("There is no process " + worker + ".");
    }

    @Test
    @Order(2)
    void noPlaintextIsInAnyTableRecordOrLog() throws IOException {
        PlatformFacts facts = running.platform().facts();
        PLAINTEXTS.rememberOwnKeys(facts);
        assertEquals(10, PLAINTEXTS.count(), "two values of each of the four secrets, and two AccessKeys");
        PLAINTEXTS.requireNoneInTables(PlatformDatabase.ofGyre(running.plan()), "db/orders");
        PLAINTEXTS.requireNoneInRecords(facts, "db/orders");
        PLAINTEXTS.requireNoneInLogs(facts);
    }

    @Test
    @Order(3)
    void operationsAreServedOverTlsToo() {
        PlatformFacts facts = running.platform().facts();
        OperationsApi api = new OperationsApi(
                facts.secureOperations(), AccessKeyFile.read(facts.administratorKeyFile()), facts.authority());
        assertEquals(1, api.get("root-keys", new TreeMap<>()).path("keys").size());
    }

    @Test
    @Order(4)
    void whatCommandsShowInJsonIsWhatTheApiIsSaidToAnswer() {
        String rotation = shown("RotationPage", "rotations")
                .path("rotations")
                .path(0)
                .path("rotationId")
                .asText();
        assertEquals(
                "Succeeded",
                shown("RotationDetail", "rotation", "show", rotation)
                        .path("state")
                        .asText());
        assertEquals(
                4, shown("SecretPage", "secrets", "--kms-1.0").path("secrets").size());
        shown("Schedule", "schedule");
        shown("SecretSchedule", "schedule", "show", "db/orders");
        shown("DriftPage", "drift");
        shown("OrphanPage", "orphans");
        shown("BudgetList", "budgets");
        shown("DeadLetterPage", "dead-letters");
        shown("ServiceRole", "service-role");
        shown("InstanceList", "instances");
        shown("AuditPage", "audit");
        shown("AuditKeyList", "audit", "keys");
        shown("RootKeys", "root-key", "status");
    }

    private static JsonNode shown(String schema, String... command) {
        return ApiOutput.of(folder, schema, command);
    }

    @Test
    @Order(5)
    void aSecondStartFindsItsSecretsAgain() {
        running.platform().close();
        running = TestPlatform.start(running.plan());
        Kms kms = Kms.of(running.platform().facts());
        assertEquals(4, ROTATED.size());
        ROTATED.forEach((secret, value) -> assertEquals(value, kms.current(secret)));
    }

    @Test
    @Order(5)
    void aCampaignRotatesItsSelectionWaveByWave() {
        PlatformFacts facts = running.platform().facts();
        Kms kms = Kms.of(facts);
        OperationsApi api = new OperationsApi(
                facts.secureOperations(), AccessKeyFile.read(facts.administratorKeyFile()), facts.authority());
        List<String> accounts = List.of("wave_a", "wave_b", "wave_c", "wave_d", "wave_e", "wave_f");
        try (Cloud cloud = Cloud.of(facts)) {
            DatabaseInstance instance = new DatabaseInstance(cloud);
            Map<String, String> formerPasswords = instance.create("waves", accounts);
            for (String account : accounts) {
                kms.createSecret(
                        "waves/" + account,
                        "Rds",
                        DatabaseInstance.secretValue(List.of(account), formerPasswords),
                        Map.of("SecretSubType", "SingleUser", "DBInstanceId", instance.id()));
            }
            String campaign = "campaigns/"
                    + api.post(
                                    "campaigns",
                                    Map.of(
                                            "name",
                                            "waves",
                                            "selection",
                                            Map.of("name", "waves/*"),
                                            "canary",
                                            1,
                                            "growth",
                                            2,
                                            "soakSeconds",
                                            0,
                                            "start",
                                            true))
                            .body()
                            .path("campaignId")
                            .asText();
            assertTrue(Poll.until(SILENCE, () -> !api.get(campaign, new TreeMap<>())
                    .path("state")
                    .asText()
                    .equals("Running")));
            JsonNode ended = api.get(campaign, new TreeMap<>());
            assertEquals("Ended", ended.path("state").asText(), ended::toString);

            List<List<JsonNode>> waves = rotationsByWave(api, campaign);
            assertEquals(List.of(1, 2, 3), waves.stream().map(List::size).toList());
            for (int wave = 1; wave < waves.size(); wave++) {
                for (JsonNode rotation : waves.get(wave)) {
                    for (JsonNode earlier : waves.get(wave - 1)) {
                        assertTrue(
                                !at(rotation, "requestedAtWall").isBefore(at(earlier, "endedAtWall")),
                                () -> rotation + " began before the wave before it had ended: " + earlier);
                    }
                }
            }
            for (String account : accounts) {
                assertTrue(instance.login().letsIn(kms.current("waves/" + account)), account);
                assertFalse(instance.login().letsIn(account, String.valueOf(formerPasswords.get(account))), account);
            }
        }
    }

    /** In the order of the waves, each of which is whole. */
    private static List<List<JsonNode>> rotationsByWave(OperationsApi api, String campaign) {
        Map<Integer, List<JsonNode>> waves = new TreeMap<>();
        for (JsonNode secret : api.get(campaign + "/secrets", new TreeMap<>()).path("secrets")) {
            assertEquals("done", secret.path("standing").asText(), secret::toString);
            JsonNode rotation = api.get("rotations/" + secret.path("rotationId").asText(), new TreeMap<>());
            waves.computeIfAbsent(secret.path("wave").asInt(), wave -> new ArrayList<>())
                    .add(rotation);
        }
        return List.copyOf(waves.values());
    }

    private static Instant at(JsonNode rotation, String moment) {
        return Instant.parse(rotation.path(moment).asText());
    }
}
