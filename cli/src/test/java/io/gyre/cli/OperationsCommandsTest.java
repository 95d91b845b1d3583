package io.gyre.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.gyre.audit.AuditChain;
import io.gyre.audit.AuditLine;
import io.gyre.audit.AuditSigner;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The operators' commands against a server that answers as the operations API does. */
class OperationsCommandsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ID = "6f1c1f6e-6f4b-4d2b-9c1a-0d7c7c1c2b3a";

    private static final String ROTATION = """
            {"rotationId":"ID","secretName":"db/orders","secretType":"Rds","rotationType":"rds",
             "secretSubType":"DoubleUsers","trigger":"immediate","state":"STATE","phase":"SETTLE","note":"Waiting for RDS to set it",
             MORE
             "nextWake":{"at":"2026-03-02T10:00:30Z","clock":"operational"},
             "requestedAt":"2026-03-02T10:00:00Z","requestedAtWall":"2026-03-02T10:00:00Z","attempt":0,"target":{},
             "credentials":{"candidate":{"versionId":"v2","name":"orders_b"},"former":{"versionId":"v1","name":"orders_a"}},
             "timeline":[{"step":1,"phase":"REQUESTED","state":"Running","note":"Requested by RotateSecret.",
                          "at":"2026-03-02T10:00:00Z","atWall":"2026-03-02T10:00:00Z"}],
             "orphans":[],"asOf":{"calendar":"2026-03-02T10:04:10Z","wall":"2026-03-02T10:00:20Z"}}
            """;

    @TempDir
    private Path folder;

    private final Map<String, String> answers = new HashMap<>();
    private final Map<String, List<String>> turns = new HashMap<>();
    private final List<String> requests = new ArrayList<>();
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final ByteArrayOutputStream complained = new ByteArrayOutputStream();
    private final PrintStream out = System.out;
    private final PrintStream err = System.err;
    private HttpServer server;

    @BeforeEach
    void serve() throws IOException {
        System.setOut(new PrintStream(written, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(complained, true, StandardCharsets.UTF_8));
        Files.writeString(folder.resolve("key"), "AccessKeyId=LTAIoperator\nAccessKeySecret=hidden\n");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        System.setOut(out);
        System.setErr(err);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String asked = exchange.getRequestMethod() + " " + exchange.getRequestURI();
        requests.add(asked + " " + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        assertTrue(exchange.getRequestHeaders()
                .getFirst("authorization")
                .startsWith("ACS3-HMAC-SHA256 Credential=LTAIoperator,"));
        List<String> turn = turns.getOrDefault(asked, List.of());
        String answer = !turn.isEmpty()
                ? turn.remove(0)
                : answers.getOrDefault(
                        asked, "404 {\"detail\":\"There is nothing at " + exchange.getRequestURI() + ".\"}");
        byte[] body = answer.substring(4).getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(Integer.parseInt(answer.substring(0, 3)), body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private int gyre(String... arguments) {
        List<String> line = new ArrayList<>(List.of(arguments));
        line.add("--endpoint=http://127.0.0.1:" + server.getAddress().getPort());
        line.add("--key-file=" + folder.resolve("key"));
        return Main.run(line.toArray(String[]::new));
    }

    private String output() {
        return written.toString(StandardCharsets.UTF_8);
    }

    private String errors() {
        return complained.toString(StandardCharsets.UTF_8);
    }

    @Test
    void theKeyOfAnInstanceIsRotatedByAnOrder() {
        answers.put(
                "POST /operations/v1/instances/kst-1/rotate-key", "200 {\"instanceId\":\"kst-1\",\"materials\":12}");
        assertEquals(0, gyre("instances", "rotate-key", "kst-1"), errors());
        assertEquals("kst-1 has another key, which wraps 12 materials of keys.\n", output());
    }

    @Test
    void rootKeysAreToldWithWhatToDoWithEach() {
        String status = """
                {"currentId":"1111111111111111","settled":SETTLED,"keys":[
                  {"id":"1111111111111111","current":true,"instances":3,"accessKeys":2,"auditKeys":1,"webhookSecrets":5,"removable":false},
                  {"id":"2222222222222222","current":false,"instances":0,"accessKeys":4,"auditKeys":0,"removable":false,
                   "sessionsUntil":"2026-03-02T22:00:00Z"},
                  {"id":"3333333333333333","current":false,"instances":0,"accessKeys":0,"auditKeys":0,"removable":true}],
                 "processes":[{"kind":"rotation-worker","name":"worker-1","heardSecondsAgo":2,
                               "knows":["1111111111111111","2222222222222222"]}]}
                """;
        answers.put("GET /operations/v1/root-keys", "200 " + status.replace("SETTLED", "true"));
        answers.put(
                "POST /operations/v1/root-keys/1111111111111111/rotate-to",
                "200 " + status.replace("SETTLED", "false"));
        assertEquals(0, gyre("root-key", "status"), errors());
        assertEquals("""
                1111111111111111  current: 3 keys of instances, 2 AccessKeys, 1 keys of the audit log, 5 secrets of webhooks
                2222222222222222  keep it: 0 keys of instances, 4 AccessKeys, 0 keys of the audit log, 0 secrets of webhooks, sessions until 2026-03-02T22:00:00Z
                3333333333333333  seals nothing: it may be taken away from every process, or rotated to
                Everything that is stored is sealed under the current root key.
                  rotation-worker worker-1 was given 1111111111111111 and 2222222222222222
                """, output());
        assertEquals(1, gyre("root-key", "rotate", "the other"));
        assertTrue(errors().startsWith("gyre: \"the other\" is no id of a root key"), errors());
        assertEquals(0, gyre("root-key", "rotate", "1111111111111111"), errors());
        assertTrue(output().contains("What is stored is being sealed under the current root key."), output());
        assertEquals("POST /operations/v1/root-keys/1111111111111111/rotate-to ", requests.get(requests.size() - 1));
    }

    private static final String SCHEDULE = """
            {"secretName":"db/orders","rotationStatus":"Enabled","intervalSeconds":604800,
             "lastRotationAt":"2026-03-01T10:00:00.123Z","nextRotationAt":"2026-03-08T10:00:00Z",
             "window":{"cron":"0 0 2 * * ?","zone":"Asia/Shanghai","seconds":7200},"group":"payments",
             "pause":{"since":"2026-03-02T10:00:00Z","by":"LTAIoperator","reason":"audit week"},"atOnce":false,
             "coming":[{"date":"2026-03-08T10:00:00Z","begins":"2026-03-08T18:20:00Z"}],
             "notes":["It waits since 2026-03-02T10:00:00Z: its last rotation has not ended."],
             "asOf":"2026-03-02T10:00:00Z"}
            """;

    @Test
    void theScheduleOfASecretIsShownWithItsWindowItsPauseAndItsNextDates() {
        answers.put("GET /operations/v1/schedule/secret?secretName=db%2Forders", "200 " + SCHEDULE);
        assertEquals(0, gyre("schedule", "show", "db/orders"), errors());
        assertEquals("""
                db/orders   automatic rotation Enabled, every 7d
                  It waits since 2026-03-02T10:00:00Z: its last rotation has not ended.
                  last    2026-03-01T10:00:00Z
                  window  0 0 2 * * ? in Asia/Shanghai, for 2h
                  group   payments, of which one at a time is rotated
                  paused  yes since 2026-03-02T10:00:00Z by LTAIoperator, audit week
                  next    begins 2026-03-08T18:20:00Z   (date 2026-03-08T10:00:00Z)
                """, output());
    }

    @Test
    void aPolicyAndAWindowAreTriedBeforeTheyAreSet() {
        answers.put(
                "GET /operations/v1/schedule/secret/preview?cron=0%200%202%20*%20*%20%3F&interval=7d&seconds=7200"
                        + "&secretName=db%2Forders&zone=UTC",
                "200 " + SCHEDULE);
        assertEquals(
                0,
                gyre(
                        "schedule",
                        "preview",
                        "db/orders",
                        "--interval=7d",
                        "--cron=0 0 2 * * ?",
                        "--zone=UTC",
                        "--length=2h"),
                errors());
        answers.put(
                "GET /operations/v1/schedule/secret/preview?interval=30d&secretName=db%2Forders", "200 " + SCHEDULE);
        assertEquals(0, gyre("schedule", "preview", "db/orders", "--interval=30d"), errors());
        assertEquals(2, gyre("schedule", "preview", "db/orders", "--cron=0 0 2 * * ?"), "a window has all three parts");
    }

    @Test
    void aWindowIsSetAndCleared() {
        String path = "POST /operations/v1/schedule/secret/window";
        answers.put(path + "?secretName=db%2Forders", "200 " + SCHEDULE);
        answers.put(path + "/clear?secretName=db%2Forders", "200 " + SCHEDULE);
        assertEquals(
                0,
                gyre(
                        "schedule",
                        "window",
                        "set",
                        "db/orders",
                        "--cron=0 0 2 * * ?",
                        "--zone=Asia/Shanghai",
                        "--length=2h"),
                errors());
        assertEquals(0, gyre("schedule", "window", "clear", "db/orders"), errors());
        assertEquals(
                List.of(
                        path + "?secretName=db%2Forders"
                                + " {\"cron\":\"0 0 2 * * ?\",\"seconds\":7200,\"zone\":\"Asia/Shanghai\"}",
                        path + "/clear?secretName=db%2Forders "),
                requests);
        assertEquals(2, gyre("schedule", "window", "set", "db/orders", "--cron=0 0 2 * * ?"));
    }

    @Test
    void oneSecretOrAllArePausedAndResumed() {
        String whole = "200 {\"due\":3,\"held\":2,\"lookedAt\":\"2026-03-02T10:00:00Z\",\"pausedSecrets\":"
                + "[{\"secretName\":\"db/a\",\"pause\":{\"since\":\"2026-03-01T10:00:00Z\",\"by\":\"LTAI1\"}}]}";
        String paused =
                whole.replace("{\"due\"", "{\"pause\":{\"since\":\"2026-03-02T09:00:00Z\",\"by\":\"LTAI2\"},\"due\"");
        answers.put("POST /operations/v1/schedule/secret/pause?secretName=db%2Forders", "200 " + SCHEDULE);
        answers.put("POST /operations/v1/schedule/secret/resume?secretName=db%2Forders", "200 " + SCHEDULE);
        answers.put("POST /operations/v1/schedule/pause", paused);
        answers.put("POST /operations/v1/schedule/resume", whole);
        assertEquals(0, gyre("schedule", "pause", "db/orders", "--reason=audit week"), errors());
        assertEquals(0, gyre("schedule", "resume", "db/orders"), errors());
        written.reset();
        assertEquals(0, gyre("schedule", "pause", "--all"), errors());
        assertEquals(0, gyre("schedule", "resume", "--all"), errors());
        assertEquals("""
                All secrets are paused since 2026-03-02T09:00:00Z by LTAI2: nothing begins by a policy. ./gyre schedule resume --all lets it.
                  due now  3
                  held     2, by their key, by their last rotation, or by one of another secret
                  paused   db/a since 2026-03-01T10:00:00Z by LTAI1
                Rotations begin by policies; what came due until 2026-03-02T10:00:00Z was begun.
                  due now  3
                  held     2, by their key, by their last rotation, or by one of another secret
                  paused   db/a since 2026-03-01T10:00:00Z by LTAI1
                """, output());
        assertEquals(
                List.of(
                        "POST /operations/v1/schedule/secret/pause?secretName=db%2Forders {\"reason\":\"audit week\"}",
                        "POST /operations/v1/schedule/secret/resume?secretName=db%2Forders ",
                        "POST /operations/v1/schedule/pause ",
                        "POST /operations/v1/schedule/resume "),
                requests);
        assertEquals(2, gyre("schedule", "pause"), "one secret, or all of them");
        assertEquals(2, gyre("schedule", "pause", "db/orders", "--all"));
    }

    @Test
    void deadLettersAreShownOnLinesOfTextAndMendedFromAFile() throws IOException {
        String letter = "{\"id\":\"0-17\",\"at\":\"2026-03-02T10:00:00Z\",\"topic\":\"gyre.rotation.requests.rds\","
                + "\"offset\":\"12\",\"reason\":\"No \\u001b[31m JSON\",\"key\":\"k\",\"size\":4,\"cut\":false,VALUE}";
        String text = letter.replace("VALUE", "\"text\":\"a\\nb\"");
        answers.put("GET /operations/v1/dead-letters?limit=20", "200 {\"deadLetters\":[" + text + "]}");
        answers.put("GET /operations/v1/dead-letters/0-17", "200 " + letter.replace("VALUE", "\"base64\":\"AP8=\""));
        answers.put(
                "POST /operations/v1/dead-letters/0-17/replay",
                "200 {\"topic\":\"gyre.rotation.requests.rds\",\"value\":{\"rotationId\":\"" + ID + "\"}}");
        assertEquals(0, gyre("dead-letters"), errors());
        assertEquals(0, gyre("dead-letters", "show", "0-17"), errors());
        Path mended = Files.writeString(folder.resolve("mended.json"), "{\"rotationId\": \"" + ID + "\"}");
        assertEquals(0, gyre("dead-letters", "replay", "0-17", "--value=" + mended), errors());
        assertEquals("""
                0-17  2026-03-02T10:00:00Z  from gyre.rotation.requests.rds  a?b
                    No ?[31m JSON
                Dead letter 0-17, laid aside at 2026-03-02T10:00:00Z
                  from    gyre.rotation.requests.rds at offset 12
                  reason  No ?[31m JSON
                  key     k
                  value   4 bytes:
                Base64 AP8=
                Sent to gyre.rotation.requests.rds for rotation ID.
                """.replace("ID", ID), output());
        assertEquals(
                "POST /operations/v1/dead-letters/0-17/replay {\"value\":{\"rotationId\":\"" + ID + "\"}}",
                requests.get(requests.size() - 1));
        Path broken = Files.writeString(folder.resolve("broken.json"), "{");
        assertEquals(1, gyre("dead-letters", "replay", "0-17", "--value=" + broken));
        assertTrue(errors().contains("holds no JSON: give an object with rotationId"), errors());
    }

    @Test
    void aReplayGoesOnUntilItsLastPageAndSaysHowToGoOnAfterAnInterruption() {
        List<String> pages = new ArrayList<>(List.of(
                "200 {\"told\":500,\"total\":620,\"next\":1000}",
                "200 {\"told\":120}",
                "200 {\"told\":500,\"next\":7}"));
        turns.put("POST /operations/v1/events/replay", pages);
        assertEquals(0, gyre("events", "replay", "--topic=view"), errors());
        assertEquals("500 of 620 events\nTold 620 events into view.\n", output());
        assertTrue(requests.get(0).contains("\"after\":0") && requests.get(1).contains("\"after\":1000"));
        assertEquals(1, gyre("events", "replay", "--topic=view", "--force"));
        assertTrue(errors().endsWith("Go on with the same command and --after 7.\n"), errors());
    }

    private static String rotation(String state, String more) {
        return ROTATION.replace("ID", ID).replace("STATE", state).replace("MORE", more);
    }

    @Test
    void rotationsAreListedAsTheFiltersSay() {
        answers.put(
                "GET /operations/v1/rotations?limit=5&secret=db%2F&state=late",
                "200 {\"rotations\":[" + rotation("Running", "\"lateness\":{\"since\":\"2026-03-02T10:02:00Z\"},")
                        + "]}");

        assertEquals(0, gyre("rotations", "--state=late", "--secret=db/", "--limit=5"));

        assertTrue(output().contains(ID), output());
        assertTrue(output().contains("Running, late"), output());
        assertTrue(output().contains("Waiting for RDS to set it"), output());
    }

    @Test
    void anEmptyListSaysWhatWouldBeginOne() {
        answers.put("GET /operations/v1/rotations?limit=20", "200 {\"rotations\":[]}");

        assertEquals(0, gyre("rotations"));

        assertEquals("No rotation is like that. RotateSecret, or a rotation policy, begins one.\n", output());
    }

    @Test
    void aLateRotationIsShownWithWhatIsSeenWhatItMeansAndWhatToDo() {
        answers.put(
                "GET /operations/v1/rotations/" + ID,
                "200 "
                        + rotation(
                                "Running",
                                "\"lateness\":{\"since\":\"2026-03-02T10:02:00Z\",\"finding\":\"Account orders_b is absent."
                                        + " Its password cannot be set. Create it again, then retry.\"},"));

        assertEquals(0, gyre("rotation", "show", ID));

        assertTrue(output().startsWith("db/orders   RDS DoubleUsers · immediate · Running, late\n"), output());
        assertTrue(output().contains("Late for 2 min 10 s (since 2026-03-02 10:02:00)\n"), output());
        assertTrue(output().contains("Seen    Account orders_b is absent.\n"), output());
        assertTrue(output().contains("Means   Its password cannot be set.\n"), output());
        assertTrue(output().contains("Do      Create it again, then retry.\n"), output());
        assertTrue(output().contains("becomes current orders_b  version v2\n"), output());
        assertTrue(output().contains("goes on         in 10 s, at 2026-03-02 10:00:30\n"), output());
        assertTrue(output().contains("2026-03-02 10:00:00  Requested by RotateSecret.\n"), output());
    }

    @Test
    void aRotationThatWaitsForAPersonSaysWhatIsAsked() {
        answers.put(
                "GET /operations/v1/rotations/" + ID,
                "200 " + rotation("Waiting", "\"finding\":\"Account orders_b is locked. Unlock it, then retry.\","));

        assertEquals(0, gyre("rotation", "show", ID));

        assertTrue(output().contains("Waiting for a person\n"), output());
        assertTrue(
                output().contains("Seen    Account orders_b is locked.\nDo      Unlock it, then retry.\n"), output());
    }

    @Test
    void theJsonIsTheApisOwn() throws Exception {
        answers.put("GET /operations/v1/rotations/" + ID, "200 " + rotation("Running", ""));

        assertEquals(0, gyre("rotation", "show", ID, "--json"));

        assertEquals(
                new com.fasterxml.jackson.databind.ObjectMapper().readTree(rotation("Running", "")),
                new com.fasterxml.jackson.databind.ObjectMapper().readTree(output()));
    }

    @Test
    void anOrderThatWasTakenTellsWhatBecameOfIt() {
        answers.put("POST /operations/v1/rotations/" + ID + "/roll-back", "200 " + rotation("Running", ""));

        assertEquals(0, gyre("rotation", "roll-back", ID));

        assertEquals("db/orders: Waiting for RDS to set it\n", output());
    }

    @Test
    void anOrderThatNoWorkerHasTakenIsStatusFive() {
        answers.put("POST /operations/v1/rotations/" + ID + "/retry", "202 " + rotation("Running", ""));

        assertEquals(5, gyre("rotation", "retry", ID));

        assertEquals(
                "Ordered of db/orders; no rotation worker has taken it yet: ./gyre rotation show " + ID
                        + " tells once one has.\n",
                output());
    }

    @Test
    void anExtensionIsGivenAsALengthOfTime() {
        answers.put("POST /operations/v1/rotations/" + ID + "/extend", "200 " + rotation("Running", ""));

        assertEquals(0, gyre("rotation", "extend", ID, "--by=2h"));

        assertEquals(List.of("POST /operations/v1/rotations/" + ID + "/extend {\"seconds\":7200}"), requests);
        assertEquals(2, gyre("rotation", "extend", ID, "--by=2 hours"));
        assertTrue(errors().contains("give a whole number and one of d, h, m, s, for example 2h."), errors());
        assertEquals(2, gyre("rotation", "extend", ID));
    }

    @Test
    void aRefusalIsTheApisSentence() {
        answers.put("POST /operations/v1/rotations/" + ID + "/give-up", "409 {\"detail\":\"It has ended.\"}");

        assertEquals(1, gyre("rotation", "give-up", ID));

        assertEquals("gyre: It has ended.\n", errors());
        assertEquals(2, gyre("rotation", "give-up", "no-id"));
    }

    @Test
    void aDryRunTellsWhatWasSeenAndByItsStatusWhetherItPassed() {
        answers.put(
                "POST /operations/v1/dry-runs",
                "200 {\"secretName\":\"db/orders\",\"passed\":true,\"report\":[\"Instance rm-1 is running.\"]}");
        assertEquals(0, gyre("dry-run", "db/orders"));
        assertEquals(
                "  Instance rm-1 is running.\nA rotation of db/orders would begin. Nothing was changed.\n", output());
        assertEquals(List.of("POST /operations/v1/dry-runs {\"secretName\":\"db/orders\"}"), requests);

        answers.put(
                "POST /operations/v1/dry-runs",
                "200 {\"secretName\":\"db/orders\",\"passed\":false,\"report\":[],\"finding\":\"It is stopped.\"}");
        assertEquals(4, gyre("dry-run", "db/orders"));
        assertTrue(output().endsWith("A rotation would not begin: It is stopped.\n"), output());
    }

    private static String drift(String state, String more) {
        return "{\"secretName\":\"db/orders\",\"secretType\":\"Rds\",\"state\":\"" + state
                + "\",\"since\":\"2026-03-02T10:04:10Z\",\"failures\":0" + more + "}";
    }

    private static final String CARD =
            ",\"seen\":\"It is refused.\",\"means\":\"It was changed.\",\"do\":\"Repair it.\"";

    @Test
    void whatDriftedIsListedInThreeLinesEach() {
        answers.put(
                "GET /operations/v1/drift?limit=20&secret=db%2F",
                "200 {\"secrets\":[" + drift("Drifted", CARD + ",\"rotationId\":\"" + ID + "\"") + ","
                        + drift("Unchecked", CARD + ",\"problem\":\"It is refused.\"") + "],\"nextToken\":\"x\"}");
        answers.put("GET /operations/v1/drift?limit=20", "200 {\"secrets\":[]}");

        assertEquals(0, gyre("drift", "--secret", "db/"));
        assertEquals("""
                db/orders   drifted: the target refuses the current credential, since 2026-03-02 10:04:10
                  Seen    It is refused.
                  Means   It was changed.
                  Do      Repair it.
                  Now     Rotation ID is on its way.

                db/orders   could not be checked, several times in a row, since 2026-03-02 10:04:10
                  Seen    It is refused.
                  Means   It was changed.
                  Do      Repair it.

                There are more: --limit shows up to 200, --secret narrows the list.
                """.replace("ID", ID), output());
        assertEquals(0, gyre("drift"));
        assertTrue(output().endsWith("No look has found a credential that its target refuses.\n"), output());
    }

    @Test
    void aCheckTellsWhatWasFoundAndByItsStatusWhetherTheTargetLetsTheCredentialsIn() {
        String check = "POST /operations/v1/drift/check";
        answers.put(check, "200 " + drift("Good", ",\"observation\":\"There is a key of a person.\""));
        assertEquals(0, gyre("drift", "check", "db/orders"));
        assertEquals("""
                db/orders   the target lets its credentials in, since 2026-03-02 10:04:10
                  Also    There is a key of a person.
                """, output());
        assertEquals(List.of(check + " {\"secretName\":\"db/orders\"}"), requests);

        for (String state : List.of("Drifted", "PreviousDrifted")) {
            answers.put(check, "200 " + drift(state, CARD));
            assertEquals(7, gyre("drift", "check", "db/orders"));
        }
        for (String state : List.of("Good", "Drifted", "Unknown", "Unchecked")) {
            answers.put(check, "200 " + drift(state, ",\"problem\":\"It was not reached.\""));
            assertEquals(8, gyre("drift", "check", "db/orders"));
        }
        assertTrue(output().contains("  Now     The last look proved nothing: It was not reached.\n"), output());
    }

    @Test
    void aRepairTellsWhichRotationItIs() {
        answers.put("POST /operations/v1/drift/repair", "200 " + rotation("Running", ""));
        assertEquals(0, gyre("drift", "repair", "db/orders"));
        assertEquals("The repair of db/orders has begun: ./gyre rotation show " + ID + " --watch\n", output());
        answers.put(
                "POST /operations/v1/drift/repair",
                "409 {\"detail\":\"No look found that the target refuses a credential.\"}");
        assertEquals(1, gyre("drift", "repair", "db/orders"));
    }

    @Test
    void orphansAreListedAndRemoved() {
        answers.put(
                "GET /operations/v1/orphans?limit=200",
                "200 {\"orphans\":[{\"orphanId\":7,\"rotationId\":\"" + ID
                        + "\",\"secretName\":\"acs/ram/user/payments\",\"credentialName\":\"LTAIleft\"}]}");
        answers.put("POST /operations/v1/orphans/7/remove", "200 " + rotation("Failed", ""));

        assertEquals(0, gyre("orphans"));
        assertTrue(output().contains("7         LTAIleft"), output());
        assertEquals(0, gyre("orphans", "remove", "7"));
    }

    @Test
    void budgetsAreListedWithWhatACloudThrottles() {
        answers.put("GET /operations/v1/budgets", "200 {\"budgets\":[]}");
        assertEquals(0, gyre("budgets"));
        assertEquals("No worker has called a cloud yet.\n", output());

        answers.put(
                "GET /operations/v1/budgets",
                "200 {\"budgets\":[{\"account\":\"default\",\"product\":\"ram\",\"rate\":10.0,\"burst\":20.0,"
                        + "\"effectiveRate\":2.5,\"callsLeft\":-1.25,\"throttledAt\":\"2026-03-02T10:00:10.5Z\","
                        + "\"throttledUntil\":\"2026-03-02T10:04:10.5Z\"},{\"account\":\"default\",\"product\":\"sts\","
                        + "\"rate\":10.0,\"burst\":20.0,\"effectiveRate\":10.0,\"callsLeft\":20.0}]}");
        assertEquals(0, gyre("budgets"));
        assertTrue(
                output().matches(
                                "(?s).*default +ram +10.0/s +20.0 +2.5/s +-1.3 +2026-03-02T10:04:10Z\ndefault +sts +10.0/s +20.0"
                                        + " +10.0/s +20.0\n"),
                output());
    }

    @Test
    void instancesAreListedCreatedAndRenewed() {
        String instance = "{\"instanceId\":\"kst-1\",\"name\":\"ledger\",\"status\":\"Expired\","
                + "\"expiresAt\":\"2026-03-02T10:04:10.123456Z\",\"releasePlannedAt\":\"2026-03-17T10:04:10.123456Z\"}";
        answers.put("GET /operations/v1/instances", "200 {\"instances\":[" + instance + "]}");
        answers.put("POST /operations/v1/instances", "200 " + instance);
        answers.put("POST /operations/v1/instances/kst-1/renew", "200 " + instance);

        assertEquals(0, gyre("instances"));
        assertTrue(
                output().matches("(?s).*kst-1 +Expired +2026-03-02T10:04:10Z +2026-03-17T10:04:10Z +ledger\n"),
                output());
        assertEquals(0, gyre("instances", "create", "--name=ledger", "--days=30"));
        assertEquals(0, gyre("instances", "renew", "kst-1", "--days=15"));
        assertEquals(
                List.of(
                        "GET /operations/v1/instances ",
                        "POST /operations/v1/instances {\"days\":30,\"name\":\"ledger\"}",
                        "POST /operations/v1/instances/kst-1/renew {\"days\":15}"),
                requests);
        assertEquals(2, gyre("instances", "renew", "kst-1"));
    }

    @Test
    void aLoginToTheConsoleIsALinkAndAWarning() {
        answers.put(
                "POST /operations/v1/console-logins",
                "200 {\"url\":\"http://127.0.0.1:7601/console/login#abc\",\"validForSeconds\":60}");

        assertEquals(0, gyre("console"), errors());
        assertEquals(
                "http://127.0.0.1:7601/console/login#abc\nOpen it within 60 s. Whoever opens it first is logged in as you:"
                        + " show it to nobody.\n",
                output());
    }

    @Test
    void whereNothingAnswersTheSentenceSaysWhatToStart() {
        server.stop(0);

        assertEquals(1, gyre("rotations"));

        assertEquals(
                "gyre: No operations API answers at http://127.0.0.1:"
                        + server.getAddress().getPort()
                        + ": start Gyre with ./gyre up, or name another endpoint with --endpoint.\n",
                errors());
    }

    private static final AuditSigner SIGNER = AuditSigner.generate();
    private static final UUID CHAIN = UUID.randomUUID();
    private static final String EVENT = "{\"eventTime\":\"2026-03-02T10:00:00Z\",\"eventName\":\"GetSecretValue\","
            + "\"userIdentity\":{\"userName\":\"orders-app\"},\"requestParameters\":{\"SecretName\":\"db/orders\"},"
            + "\"additionalEventData\":{\"stage\":\"Ended\"}}";

    /** Two pages of two lines in all, the second signed. */
    private void auditLog(String secondEvent) throws IOException {
        String first = AuditChain.next(AuditChain.root(CHAIN), EVENT);
        String second = AuditChain.next(first, EVENT);
        String lines = "GET /operations/v1/audit/lines?limit=200";
        answers.put(lines, "200 {\"nextToken\":\"1.1\",\"lines\":[" + line(1, first, EVENT) + "]}");
        answers.put(lines + "&nextToken=1.1", "200 {\"lines\":[" + line(2, second, secondEvent) + "]}");
        answers.put("GET /operations/v1/audit/latest?limit=20", "200 {\"lines\":[" + line(1, first, EVENT) + "]}");
        String head = JSON.writeValueAsString(SIGNER.sign(CHAIN, 2, second, Instant.parse("2026-03-02T10:00:10Z")));
        answers.put("GET /operations/v1/audit/heads?limit=200", "200 {\"heads\":[" + head + "]}");
        answers.put(
                "GET /operations/v1/audit/keys",
                "200 {\"keys\":[{\"keyId\":\"" + SIGNER.verifier().id() + "\",\"publicKey\":\""
                        + SIGNER.verifier().hex() + "\"}]}");
        Files.writeString(folder.resolve("heads"), head + "\n");
    }

    private static String line(int number, String hash, String event) throws IOException {
        return JSON.writeValueAsString(new AuditLine(CHAIN, number, hash, event));
    }

    @Test
    void aWholeAuditLogIsCalledWhole() throws IOException {
        auditLog(EVENT);
        assertEquals(0, gyre("audit", "verify", "--heads=" + folder.resolve("heads")), errors());
        assertEquals(
                "Whole: 2 lines in 1 chain under 1 signed head; behind the last head of their chain: 0 lines.\n",
                output());
    }

    @Test
    void aSpoiltAuditLogHasAStatusOfItsOwn() throws IOException {
        auditLog(EVENT.replace("orders-app", "nobody"));
        assertEquals(6, gyre("audit", "verify"), errors());
        assertTrue(output().startsWith("Line 2 of chain " + CHAIN + " does not have its hash"), output());
        assertTrue(output().contains("Spoilt: 2 lines"), output());
        assertTrue(output().contains("Heads outside the database were not asked for"), output());
    }

    @Test
    void anAuditLogOfAnotherKeyThanTheTrustedOneIsRefused() throws IOException {
        auditLog(EVENT);
        assertEquals(1, gyre("audit", "verify", "--trust=0123456789abcdef"));
        assertTrue(errors().contains("does not have every key of --trust 0123456789abcdef"), errors());
        assertEquals(0, gyre("audit", "verify", "--trust=" + SIGNER.verifier().id()), errors());
    }

    @Test
    void theAuditLogIsShownAndExported() throws IOException {
        auditLog(EVENT);
        assertEquals(0, gyre("audit"), errors());
        assertTrue(output().contains("orders-app"), output());
        assertTrue(output().contains("SecretName=db/orders"), output());
        written.reset();
        assertEquals(0, gyre("audit", "export"), errors());
        List<AuditLine> exported = new ArrayList<>();
        for (String each : output().strip().split("\n", -1)) {
            exported.add(JSON.readValue(each, AuditLine.class));
        }
        assertEquals(
                List.of(EVENT, EVENT), exported.stream().map(AuditLine::event).toList());
        assertEquals(
                AuditChain.next(exported.get(0).hash(), EVENT), exported.get(1).hash());
    }

    @Test
    void aBackupGoesIntoAFileOfItsOwnersAloneAndBack() throws IOException {
        Path passphrase = Files.writeString(folder.resolve("passphrase"), "correct horse battery staple\n");
        Path file = folder.resolve("payments.backup");
        String counts = "\"keys\":1,\"secrets\":2,\"versions\":3";
        answers.put(
                "POST /operations/v1/instances/kst-1/back-up",
                "200 {\"instanceId\":\"kst-1\"," + counts + ",\"backup\":\"R1lSRQ==\"}");
        answers.put(
                "POST /operations/v1/instances/restore",
                "200 {\"instance\":{\"instanceId\":\"kst-2\",\"status\":\"Running\",\"name\":\"payments\"}," + counts
                        + "}");
        String option = "--passphrase-file=" + passphrase;

        assertEquals(0, gyre("instances", "back-up", "kst-1", "--out=" + file, option), errors());
        assertEquals("Wrote " + file + ": 1 keys, 2 secrets with 3 versions.\n", output());
        assertEquals("R1lSRQ==\n", Files.readString(file));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        assertEquals(1, gyre("instances", "back-up", "kst-1", "--out=" + file, option));
        assertTrue(errors().contains("exists, and no backup is written over it"), errors());

        assertEquals(0, gyre("instances", "restore", file.toString(), option, "--days=30"), errors());
        assertTrue(output().contains("kst-2"), output());
        assertTrue(
                requests.get(requests.size() - 1)
                        .endsWith("{\"backup\":\"R1lSRQ==\",\"days\":30,\"name\":\"\","
                                + "\"passphrase\":\"correct horse battery staple\"}"),
                requests.toString());
    }

    @Test
    void eachViewOfSecretsSaysWhereTheOthersAre() {
        answers.put(
                "GET /operations/v1/secrets?limit=20&view=instances",
                "200 {\"secrets\":[{\"name\":\"db/orders\",\"secretType\":\"Rds\",\"status\":\"Unavailable\","
                        + "\"rotationStatus\":\"Enabled\",\"instanceId\":\"kst-1\"}],"
                        + "\"elsewhere\":{\"view\":\"kms-1.0\",\"count\":3}}");
        answers.put(
                "GET /operations/v1/secrets?limit=20&view=kms-1.0",
                "200 {\"secrets\":[],\"elsewhere\":{\"view\":\"instances\",\"count\":1}}");

        assertEquals(0, gyre("secrets"), errors());
        assertTrue(output().contains("db/orders"), output());
        assertTrue(output().contains("Unavailable"), output());
        assertTrue(
                output().endsWith("Created without a KMS instance: 3 more, which ./gyre secrets --kms-1.0 lists.\n"),
                output());
        written.reset();
        assertEquals(0, gyre("secrets", "--kms-1.0"), errors());
        assertEquals(
                "No secret is in this view.\nManaged in KMS instances: 1 more, which ./gyre secrets lists.\n",
                output());
    }
}
