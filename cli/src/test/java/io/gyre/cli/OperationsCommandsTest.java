package io.gyre.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gyre.audit.AuditChain;
import io.gyre.audit.AuditLine;
import io.gyre.audit.AuditSigner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
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

    @RegisterExtension
    private final PlayedApi api = new PlayedApi();

    @Test
    void theKeyOfAnInstanceIsRotatedByAnOrder() {
        api.answer("POST /operations/v1/instances/kst-1/rotate-key", "200 {\"instanceId\":\"kst-1\",\"materials\":12}");
        assertEquals(0, api.gyre("instances", "rotate-key", "kst-1"), api.errors());
        assertEquals("kst-1 has another key, which wraps 12 materials of keys.\n", api.output());
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
        api.answer("GET /operations/v1/root-keys", "200 " + status.replace("SETTLED", "true"));
        api.answer(
                "POST /operations/v1/root-keys/1111111111111111/rotate-to",
                "200 " + status.replace("SETTLED", "false"));
        assertEquals(0, api.gyre("root-key", "status"), api.errors());
        assertEquals("""
                1111111111111111  current: 3 keys of instances, 2 AccessKeys, 1 keys of the audit log, 5 secrets of webhooks
                2222222222222222  keep it: 0 keys of instances, 4 AccessKeys, 0 keys of the audit log, 0 secrets of webhooks, sessions until 2026-03-02T22:00:00Z
                3333333333333333  seals nothing: it may be taken away from every process, or rotated to
                Everything that is stored is sealed under the current root key.
                  rotation-worker worker-1 was given 1111111111111111 and 2222222222222222
                """, api.output());
        assertEquals(1, api.gyre("root-key", "rotate", "the other"));
        assertTrue(api.errors().startsWith("gyre: \"the other\" is no id of a root key"), api.errors());
        assertEquals(0, api.gyre("root-key", "rotate", "1111111111111111"), api.errors());
        assertTrue(api.output().contains("What is stored is being sealed under the current root key."), api.output());
        assertEquals("POST /operations/v1/root-keys/1111111111111111/rotate-to ", api.lastRequest());
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
        api.answer("GET /operations/v1/schedule/secret?secretName=db%2Forders", "200 " + SCHEDULE);
        assertEquals(0, api.gyre("schedule", "show", "db/orders"), api.errors());
        assertEquals("""
                db/orders   automatic rotation Enabled, every 7d
                  It waits since 2026-03-02T10:00:00Z: its last rotation has not ended.
                  last    2026-03-01T10:00:00Z
                  window  0 0 2 * * ? in Asia/Shanghai, for 2h
                  group   payments, of which one at a time is rotated
                  paused  yes since 2026-03-02T10:00:00Z by LTAIoperator, audit week
                  next    begins 2026-03-08T18:20:00Z   (date 2026-03-08T10:00:00Z)
                """, api.output());
    }

    @Test
    void aPolicyAndAWindowAreTriedBeforeTheyAreSet() {
        api.answer(
                "GET /operations/v1/schedule/secret/preview?cron=0%200%202%20*%20*%20%3F&interval=7d&seconds=7200"
                        + "&secretName=db%2Forders&zone=UTC",
                "200 " + SCHEDULE);
        assertEquals(
                0,
                api.gyre(
                        "schedule",
                        "preview",
                        "db/orders",
                        "--interval=7d",
                        "--cron=0 0 2 * * ?",
                        "--zone=UTC",
                        "--length=2h"),
                api.errors());
        api.answer("GET /operations/v1/schedule/secret/preview?interval=30d&secretName=db%2Forders", "200 " + SCHEDULE);
        assertEquals(0, api.gyre("schedule", "preview", "db/orders", "--interval=30d"), api.errors());
        assertEquals(
                2, api.gyre("schedule", "preview", "db/orders", "--cron=0 0 2 * * ?"), "a window has all three parts");
    }

    @Test
    void aWindowIsSetAndCleared() {
        String path = "POST /operations/v1/schedule/secret/window";
        api.answer(path + "?secretName=db%2Forders", "200 " + SCHEDULE);
        api.answer(path + "/clear?secretName=db%2Forders", "200 " + SCHEDULE);
        assertEquals(
                0,
                api.gyre(
                        "schedule",
                        "window",
                        "set",
                        "db/orders",
                        "--cron=0 0 2 * * ?",
                        "--zone=Asia/Shanghai",
                        "--length=2h"),
                api.errors());
        assertEquals(0, api.gyre("schedule", "window", "clear", "db/orders"), api.errors());
        assertEquals(
                List.of(
                        path + "?secretName=db%2Forders"
                                + " {\"cron\":\"0 0 2 * * ?\",\"seconds\":7200,\"zone\":\"Asia/Shanghai\"}",
                        path + "/clear?secretName=db%2Forders "),
                api.requests());
        assertEquals(2, api.gyre("schedule", "window", "set", "db/orders", "--cron=0 0 2 * * ?"));
    }

    @Test
    void oneSecretOrAllArePausedAndResumed() {
        String whole = "200 {\"due\":3,\"held\":2,\"lookedAt\":\"2026-03-02T10:00:00Z\",\"pausedSecrets\":"
                + "[{\"secretName\":\"db/a\",\"pause\":{\"since\":\"2026-03-01T10:00:00Z\",\"by\":\"LTAI1\"}}]}";
        String paused =
                whole.replace("{\"due\"", "{\"pause\":{\"since\":\"2026-03-02T09:00:00Z\",\"by\":\"LTAI2\"},\"due\"");
        api.answer("POST /operations/v1/schedule/secret/pause?secretName=db%2Forders", "200 " + SCHEDULE);
        api.answer("POST /operations/v1/schedule/secret/resume?secretName=db%2Forders", "200 " + SCHEDULE);
        api.answer("POST /operations/v1/schedule/pause", paused);
        api.answer("POST /operations/v1/schedule/resume", whole);
        assertEquals(0, api.gyre("schedule", "pause", "db/orders", "--reason=audit week"), api.errors());
        assertEquals(0, api.gyre("schedule", "resume", "db/orders"), api.errors());
        api.forgetOutput();
        assertEquals(0, api.gyre("schedule", "pause", "--all"), api.errors());
        assertEquals(0, api.gyre("schedule", "resume", "--all"), api.errors());
        assertEquals("""
                All secrets are paused since 2026-03-02T09:00:00Z by LTAI2: nothing begins by a policy. ./gyre schedule resume --all lets it.
                  due now  3
                  held     2, by their key, by their last rotation, or by one of another secret
                  paused   db/a since 2026-03-01T10:00:00Z by LTAI1
                Rotations begin by policies; what came due until 2026-03-02T10:00:00Z was begun.
                  due now  3
                  held     2, by their key, by their last rotation, or by one of another secret
                  paused   db/a since 2026-03-01T10:00:00Z by LTAI1
                """, api.output());
        assertEquals(
                List.of(
                        "POST /operations/v1/schedule/secret/pause?secretName=db%2Forders {\"reason\":\"audit week\"}",
                        "POST /operations/v1/schedule/secret/resume?secretName=db%2Forders ",
                        "POST /operations/v1/schedule/pause ",
                        "POST /operations/v1/schedule/resume "),
                api.requests());
        assertEquals(2, api.gyre("schedule", "pause"), "one secret, or all of them");
        assertEquals(2, api.gyre("schedule", "pause", "db/orders", "--all"));
    }

    @Test
    void deadLettersAreShownOnLinesOfTextAndMendedFromAFile() throws IOException {
        String letter = "{\"id\":\"0-17\",\"at\":\"2026-03-02T10:00:00Z\",\"topic\":\"gyre.rotation.requests.rds\","
                + "\"offset\":\"12\",\"reason\":\"No \\u001b[31m JSON\",\"key\":\"k\",\"size\":4,\"cut\":false,VALUE}";
        String text = letter.replace("VALUE", "\"text\":\"a\\nb\"");
        api.answer("GET /operations/v1/dead-letters?limit=20", "200 {\"deadLetters\":[" + text + "]}");
        api.answer("GET /operations/v1/dead-letters/0-17", "200 " + letter.replace("VALUE", "\"base64\":\"AP8=\""));
        api.answer(
                "POST /operations/v1/dead-letters/0-17/replay",
                "200 {\"topic\":\"gyre.rotation.requests.rds\",\"value\":{\"rotationId\":\"" + ID + "\"}}");
        assertEquals(0, api.gyre("dead-letters"), api.errors());
        assertEquals(0, api.gyre("dead-letters", "show", "0-17"), api.errors());
        Path mended = Files.writeString(folder.resolve("mended.json"), "{\"rotationId\": \"" + ID + "\"}");
        assertEquals(0, api.gyre("dead-letters", "replay", "0-17", "--value=" + mended), api.errors());
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
                """.replace("ID", ID), api.output());
        assertEquals(
                "POST /operations/v1/dead-letters/0-17/replay {\"value\":{\"rotationId\":\"" + ID + "\"}}",
                api.lastRequest());
        Path broken = Files.writeString(folder.resolve("broken.json"), "{");
        assertEquals(1, api.gyre("dead-letters", "replay", "0-17", "--value=" + broken));
        assertTrue(api.errors().contains("holds no JSON: give an object with rotationId"), api.errors());
    }

    @Test
    void aReplayGoesOnUntilItsLastPageAndSaysHowToGoOnAfterAnInterruption() {
        api.answer(
                "POST /operations/v1/events/replay",
                "200 {\"told\":500,\"total\":620,\"next\":1000}",
                "200 {\"told\":120}",
                "200 {\"told\":500,\"next\":7}",
                "503 {\"detail\":\"The database is away.\"}");
        assertEquals(0, api.gyre("events", "replay", "--topic=view"), api.errors());
        assertEquals("500 of 620 events\nTold 620 events into view.\n", api.output());
        assertTrue(api.requests().get(0).contains("\"after\":0")
                && api.requests().get(1).contains("\"after\":1000"));
        assertEquals(1, api.gyre("events", "replay", "--topic=view", "--force"));
        assertTrue(api.errors().endsWith("Go on with the same command and --after 7.\n"), api.errors());
    }

    private static String rotation(String state, String more) {
        return ROTATION.replace("ID", ID).replace("STATE", state).replace("MORE", more);
    }

    @Test
    void rotationsAreListedAsTheFiltersSay() {
        api.answer(
                "GET /operations/v1/rotations?limit=5&secret=db%2F&state=late",
                "200 {\"rotations\":[" + rotation("Running", "\"lateness\":{\"since\":\"2026-03-02T10:02:00Z\"},")
                        + "]}");

        assertEquals(0, api.gyre("rotations", "--state=late", "--secret=db/", "--limit=5"));

        assertTrue(api.output().contains(ID), api.output());
        assertTrue(api.output().contains("Running, late"), api.output());
        assertTrue(api.output().contains("Waiting for RDS to set it"), api.output());
    }

    @Test
    void anEmptyListSaysWhatWouldBeginOne() {
        api.answer("GET /operations/v1/rotations?limit=20", "200 {\"rotations\":[]}");

        assertEquals(0, api.gyre("rotations"));

        assertEquals("No rotation is like that. RotateSecret, or a rotation policy, begins one.\n", api.output());
    }

    @Test
    void aLateRotationIsShownWithWhatIsSeenWhatItMeansAndWhatToDo() {
        api.answer(
                "GET /operations/v1/rotations/" + ID,
                "200 "
                        + rotation(
                                "Running",
                                "\"traceId\":\"4bf92f3577b34da6a3ce929d0e0e4736\",\"lateness\":{\"since\":\"2026-03-02T10:02:00Z\",\"finding\":\"Account orders_b is absent."
                                        + " Its password cannot be set. Create it again, then retry.\"},"));

        assertEquals(0, api.gyre("rotation", "show", ID));

        assertTrue(api.output().startsWith("db/orders   RDS DoubleUsers · immediate · Running, late\n"), api.output());
        assertTrue(
                api.output()
                        .contains("\norders_a    " + "━".repeat(56) + "┊" + "╌".repeat(16) + "\norders_b    "
                                + " ".repeat(56) + "┊\n" + " ".repeat(68) + "now\n"),
                api.output());
        assertTrue(api.output().contains("Late for 2 min 10 s (since 2026-03-02 10:02:00)\n"), api.output());
        assertTrue(api.output().contains("Seen    Account orders_b is absent.\n"), api.output());
        assertTrue(api.output().contains("Means   Its password cannot be set.\n"), api.output());
        assertTrue(api.output().contains("Do      Create it again, then retry.\n"), api.output());
        assertTrue(api.output().contains("becomes current orders_b  version v2\n"), api.output());
        assertTrue(api.output().contains("goes on         in 10 s, at 2026-03-02 10:00:30\n"), api.output());
        assertTrue(api.output().contains("trace           4bf92f3577b34da6a3ce929d0e0e4736\n"), api.output());
        assertTrue(api.output().contains("2026-03-02 10:00:00  Requested by RotateSecret.\n"), api.output());
    }

    @Test
    void theLanesShowWhichCredentialWorksAndWhatIsToCome() {
        api.answer("GET /operations/v1/rotations/" + ID, "200 " + """
                {"rotationId":"ID","secretName":"acs/ram/user/payments","rotationType":"ram","secretSubType":"RamUserAccessKey",
                 "trigger":"automatic","state":"Running","phase":"OVERLAP","note":"Both AccessKeys work",
                 "nextWake":{"at":"2026-03-04T10:00:02Z","clock":"calendar"},"requestedAt":"2026-03-02T10:00:00Z",
                 "credentials":{"candidate":{"versionId":"v2","name":"LTAI5tQ7p2Rk"},"former":{"versionId":"v1","name":"LTAI5tA9x7Qf"}},
                 "timeline":[{"phase":"REQUESTED","note":"Requested.","at":"2026-03-02T10:00:00Z"},
                             {"phase":"PROVE","note":"Created.","at":"2026-03-02T10:00:01Z"},
                             {"phase":"OVERLAP","note":"It is current.","at":"2026-03-02T10:00:02Z"}],
                 "orphans":[],"asOf":{"calendar":"2026-03-03T10:00:02Z","wall":"2026-03-03T10:00:02Z"}}
                """.replace("ID", ID));

        assertEquals(0, api.gyre("rotation", "show", ID), api.errors());

        assertTrue(api.output().contains("""
                LTAI…9x7Qf  ━━━━━━━━━━━━━━━━━━━━────────────────────┊╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌○disable
                LTAI…7p2Rk            ●created──●current━━━━━━━━━━━━┊╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌
                                                                    now
                """), api.output());
    }

    @Test
    void aRotationThatWaitsForAPersonSaysWhatIsAsked() {
        api.answer(
                "GET /operations/v1/rotations/" + ID,
                "200 " + rotation("Waiting", "\"finding\":\"Account orders_b is locked. Unlock it, then retry.\","));

        assertEquals(0, api.gyre("rotation", "show", ID));

        assertTrue(api.output().contains("Waiting for a person\n"), api.output());
        assertTrue(
                api.output().contains("Seen    Account orders_b is locked.\nDo      Unlock it, then retry.\n"),
                api.output());
    }

    @Test
    void theJsonIsTheApisOwn() throws Exception {
        api.answer("GET /operations/v1/rotations/" + ID, "200 " + rotation("Running", ""));

        assertEquals(0, api.gyre("rotation", "show", ID, "--json"));

        assertEquals(
                new com.fasterxml.jackson.databind.ObjectMapper().readTree(rotation("Running", "")),
                new com.fasterxml.jackson.databind.ObjectMapper().readTree(api.output()));
    }

    @Test
    void anOrderThatWasTakenTellsWhatBecameOfIt() {
        api.answer("POST /operations/v1/rotations/" + ID + "/roll-back", "200 " + rotation("Running", ""));

        assertEquals(0, api.gyre("rotation", "roll-back", ID));

        assertEquals("db/orders: Waiting for RDS to set it\n", api.output());
    }

    @Test
    void anOrderThatNoWorkerHasTakenIsStatusFive() {
        api.answer("POST /operations/v1/rotations/" + ID + "/retry", "202 " + rotation("Running", ""));

        assertEquals(5, api.gyre("rotation", "retry", ID));

        assertEquals(
                "Ordered of db/orders; no rotation worker has taken it yet: ./gyre rotation show " + ID
                        + " tells once one has.\n",
                api.output());
    }

    @Test
    void anExtensionIsGivenAsALengthOfTime() {
        api.answer("POST /operations/v1/rotations/" + ID + "/extend", "200 " + rotation("Running", ""));

        assertEquals(0, api.gyre("rotation", "extend", ID, "--by=2h"));

        assertEquals(List.of("POST /operations/v1/rotations/" + ID + "/extend {\"seconds\":7200}"), api.requests());
        assertEquals(2, api.gyre("rotation", "extend", ID, "--by=2 hours"));
        assertTrue(api.errors().contains("give a whole number and one of d, h, m, s, for example 2h."), api.errors());
        assertEquals(2, api.gyre("rotation", "extend", ID));
    }

    @Test
    void aRefusalIsTheApisSentence() {
        api.answer("POST /operations/v1/rotations/" + ID + "/give-up", "409 {\"detail\":\"It has ended.\"}");

        assertEquals(1, api.gyre("rotation", "give-up", ID));

        assertEquals("gyre: It has ended.\n", api.errors());
        assertEquals(2, api.gyre("rotation", "give-up", "no-id"));
    }

    @Test
    void aDryRunTellsWhatWasSeenAndByItsStatusWhetherItPassed() {
        api.answer(
                "POST /operations/v1/dry-runs",
                "200 {\"secretName\":\"db/orders\",\"passed\":true,\"report\":[\"Instance rm-1 is running.\"]}");
        assertEquals(0, api.gyre("dry-run", "db/orders"));
        assertEquals(
                "  Instance rm-1 is running.\nA rotation of db/orders would begin. Nothing was changed.\n",
                api.output());
        assertEquals(List.of("POST /operations/v1/dry-runs {\"secretName\":\"db/orders\"}"), api.requests());

        api.answer(
                "POST /operations/v1/dry-runs",
                "200 {\"secretName\":\"db/orders\",\"passed\":false,\"report\":[],\"finding\":\"It is stopped.\"}");
        assertEquals(4, api.gyre("dry-run", "db/orders"));
        assertTrue(api.output().endsWith("A rotation would not begin: It is stopped.\n"), api.output());
    }

    @Test
    void whoMayDoWhatIsToldWithWhatDecidesAndByTheStatus() {
        api.answer(
                "GET /operations/v1/access/test?action=kms%3AGetSecretValue&principal=user%2Forders&resource=secret%2Fdb",
                """
                200 {"principal":"user/orders","action":"kms:GetSecretValue","allowed":false,"beside":[],"obstacle":"",
                "needs":[{"permission":"kms:GetSecretValue","resource":"acs:kms:r:1:secret/db","verdict":"not-allowed",
                "reason":"No policy of user/orders allows it.","remedy":"Attach one."}]}""");
        assertEquals(12, api.gyre("may", "orders", "kms:GetSecretValue", "secret/db"), api.errors());
        assertEquals("""
                Not allowed: user/orders may not call kms:GetSecretValue.

                  kms:GetSecretValue on acs:kms:r:1:secret/db
                    No policy of user/orders allows it.
                    Attach one.
                """, api.output());

        api.answer(
                "GET /operations/v1/access/test?action=kms%3AListKeys&principal=role%2Fdeployer"
                        + "&secureTransport=true&sourceIp=10.0.3.7&time=2026-01-31T23%3A59%3A59Z",
                "200 {\"principal\":\"role/deployer\",\"action\":\"kms:ListKeys\",\"allowed\":true,\"needs\":[],"
                        + "\"beside\":[\"kms:X on the key\"]}");
        assertEquals(
                0,
                api.gyre(
                        "may",
                        "role/deployer",
                        "kms:ListKeys",
                        "--from",
                        "10.0.3.7",
                        "--at",
                        "2026-01-31T23:59:59Z",
                        "--tls",
                        "true"),
                api.errors());
        assertTrue(api.output().endsWith("""
                        Allowed: role/deployer may call kms:ListKeys.
                          It also needs, to be asked by itself: kms:X on the key.
                        """), api.output());
    }

    private static String drift(String state, String more) {
        return "{\"secretName\":\"db/orders\",\"secretType\":\"Rds\",\"state\":\"" + state
                + "\",\"since\":\"2026-03-02T10:04:10Z\",\"failures\":0" + more + "}";
    }

    private static final String CARD =
            ",\"seen\":\"It is refused.\",\"means\":\"It was changed.\",\"do\":\"Repair it.\"";

    @Test
    void whatDriftedIsListedInThreeLinesEach() {
        api.answer(
                "GET /operations/v1/drift?limit=20&secret=db%2F",
                "200 {\"secrets\":[" + drift("Drifted", CARD + ",\"rotationId\":\"" + ID + "\"") + ","
                        + drift("Unchecked", CARD + ",\"problem\":\"It is refused.\"") + "],\"nextToken\":\"x\"}");
        api.answer("GET /operations/v1/drift?limit=20", "200 {\"secrets\":[]}");

        assertEquals(0, api.gyre("drift", "--secret", "db/"));
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
                """.replace("ID", ID), api.output());
        assertEquals(0, api.gyre("drift"));
        assertTrue(api.output().endsWith("No look has found a credential that its target refuses.\n"), api.output());
    }

    @Test
    void aCheckTellsWhatWasFoundAndByItsStatusWhetherTheTargetLetsTheCredentialsIn() {
        String check = "POST /operations/v1/drift/check";
        api.answer(check, "200 " + drift("Good", ",\"observation\":\"There is a key of a person.\""));
        assertEquals(0, api.gyre("drift", "check", "db/orders"));
        assertEquals("""
                db/orders   the target lets its credentials in, since 2026-03-02 10:04:10
                  Also    There is a key of a person.
                """, api.output());
        assertEquals(List.of(check + " {\"secretName\":\"db/orders\"}"), api.requests());

        for (String state : List.of("Drifted", "PreviousDrifted")) {
            api.answer(check, "200 " + drift(state, CARD));
            assertEquals(7, api.gyre("drift", "check", "db/orders"));
        }
        for (String state : List.of("Good", "Drifted", "Unknown", "Unchecked")) {
            api.answer(check, "200 " + drift(state, ",\"problem\":\"It was not reached.\""));
            assertEquals(8, api.gyre("drift", "check", "db/orders"));
        }
        assertTrue(
                api.output().contains("  Now     The last look proved nothing: It was not reached.\n"), api.output());
    }

    @Test
    void aRepairTellsWhichRotationItIs() {
        api.answer("POST /operations/v1/drift/repair", "200 " + rotation("Running", ""));
        assertEquals(0, api.gyre("drift", "repair", "db/orders"));
        assertEquals("The repair of db/orders has begun: ./gyre rotation show " + ID + " --watch\n", api.output());
        api.answer(
                "POST /operations/v1/drift/repair",
                "409 {\"detail\":\"No look found that the target refuses a credential.\"}");
        assertEquals(1, api.gyre("drift", "repair", "db/orders"));
    }

    @Test
    void orphansAreListedAndRemoved() {
        api.answer(
                "GET /operations/v1/orphans?limit=200",
                "200 {\"orphans\":[{\"orphanId\":7,\"rotationId\":\"" + ID
                        + "\",\"secretName\":\"acs/ram/user/payments\",\"credentialName\":\"LTAIleft\"}]}");
        api.answer("POST /operations/v1/orphans/7/remove", "200 " + rotation("Failed", ""));

        assertEquals(0, api.gyre("orphans"));
        assertTrue(api.output().contains("7         LTAIleft"), api.output());
        assertEquals(0, api.gyre("orphans", "remove", "7"));
    }

    @Test
    void budgetsAreListedWithWhatACloudThrottles() {
        api.answer("GET /operations/v1/budgets", "200 {\"budgets\":[]}");
        assertEquals(0, api.gyre("budgets"));
        assertEquals("No worker has called a cloud yet.\n", api.output());

        api.answer(
                "GET /operations/v1/budgets",
                "200 {\"budgets\":[{\"account\":\"default\",\"product\":\"ram\",\"rate\":10.0,\"burst\":20.0,"
                        + "\"effectiveRate\":2.5,\"callsLeft\":-1.25,\"throttledAt\":\"2026-03-02T10:00:10.5Z\","
                        + "\"throttledUntil\":\"2026-03-02T10:04:10.5Z\"},{\"account\":\"default\",\"product\":\"sts\","
                        + "\"rate\":10.0,\"burst\":20.0,\"effectiveRate\":10.0,\"callsLeft\":20.0}]}");
        assertEquals(0, api.gyre("budgets"));
        assertTrue(
                api.output()
                        .matches(
                                "(?s).*default +ram +10.0/s +20.0 +2.5/s +-1.3 +2026-03-02T10:04:10Z\ndefault +sts +10.0/s +20.0"
                                        + " +10.0/s +20.0\n"),
                api.output());
    }

    @Test
    void instancesAreListedCreatedAndRenewed() {
        String instance = "{\"instanceId\":\"kst-1\",\"name\":\"ledger\",\"status\":\"Expired\","
                + "\"expiresAt\":\"2026-03-02T10:04:10.123456Z\",\"releasePlannedAt\":\"2026-03-17T10:04:10.123456Z\"}";
        api.answer("GET /operations/v1/instances", "200 {\"instances\":[" + instance + "]}");
        api.answer("POST /operations/v1/instances", "200 " + instance);
        api.answer("POST /operations/v1/instances/kst-1/renew", "200 " + instance);

        assertEquals(0, api.gyre("instances"));
        assertTrue(
                api.output().matches("(?s).*kst-1 +Expired +2026-03-02T10:04:10Z +2026-03-17T10:04:10Z +ledger\n"),
                api.output());
        assertEquals(0, api.gyre("instances", "create", "--name=ledger", "--days=30"));
        assertEquals(0, api.gyre("instances", "renew", "kst-1", "--days=15"));
        assertEquals(
                List.of(
                        "GET /operations/v1/instances ",
                        "POST /operations/v1/instances {\"days\":30,\"name\":\"ledger\"}",
                        "POST /operations/v1/instances/kst-1/renew {\"days\":15}"),
                api.requests());
        assertEquals(2, api.gyre("instances", "renew", "kst-1"));
    }

    @Test
    void aLoginToTheConsoleIsALinkAndAWarning() {
        api.answer(
                "POST /operations/v1/console-logins",
                "200 {\"url\":\"http://127.0.0.1:7601/console/login#abc\",\"validForSeconds\":60}");

        assertEquals(0, api.gyre("console"), api.errors());
        assertEquals(
                "http://127.0.0.1:7601/console/login#abc\nOpen it within 60 s. Whoever opens it first is logged in as you:"
                        + " show it to nobody.\n",
                api.output());
    }

    @Test
    void whereNothingAnswersTheSentenceSaysWhatToStart() {
        api.stop();

        assertEquals(1, api.gyre("rotations"));

        assertEquals(
                "gyre: No operations API answers at " + api.endpoint()
                        + ": start Gyre with ./gyre up, or name another endpoint with --endpoint.\n",
                api.errors());
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
        api.answer(lines, "200 {\"nextToken\":\"1.1\",\"lines\":[" + line(1, first, EVENT) + "]}");
        api.answer(lines + "&nextToken=1.1", "200 {\"lines\":[" + line(2, second, secondEvent) + "]}");
        api.answer("GET /operations/v1/audit/latest?limit=20", "200 {\"lines\":[" + line(1, first, EVENT) + "]}");
        String head = JSON.writeValueAsString(SIGNER.sign(CHAIN, 2, second, Instant.parse("2026-03-02T10:00:10Z")));
        api.answer("GET /operations/v1/audit/heads?limit=200", "200 {\"heads\":[" + head + "]}");
        api.answer(
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
        assertEquals(0, api.gyre("audit", "verify", "--heads=" + folder.resolve("heads")), api.errors());
        assertEquals(
                "Whole: 2 lines in 1 chain under 1 signed head; behind the last head of their chain: 0 lines.\n",
                api.output());
    }

    @Test
    void aSpoiltAuditLogHasAStatusOfItsOwn() throws IOException {
        auditLog(EVENT.replace("orders-app", "nobody"));
        assertEquals(6, api.gyre("audit", "verify"), api.errors());
        assertTrue(api.output().startsWith("Line 2 of chain " + CHAIN + " does not have its hash"), api.output());
        assertTrue(api.output().contains("Spoilt: 2 lines"), api.output());
        assertTrue(api.output().contains("Heads outside the database were not asked for"), api.output());
        api.forgetOutput();
        assertEquals(6, api.gyre("audit", "verify", "--json"), api.errors());
        JsonNode found = OutputSchema.fitting("auditVerify", api.output());
        assertEquals(2, found.path("lines").asInt());
        assertTrue(!found.path("whole").asBoolean() && !found.path("outside").asBoolean(), api.output());
    }

    @Test
    void anAuditLogOfAnotherKeyThanTheTrustedOneIsRefused() throws IOException {
        auditLog(EVENT);
        assertEquals(1, api.gyre("audit", "verify", "--trust=0123456789abcdef"));
        assertTrue(api.errors().contains("does not have every key of --trust 0123456789abcdef"), api.errors());
        assertEquals(
                0, api.gyre("audit", "verify", "--trust=" + SIGNER.verifier().id()), api.errors());
    }

    @Test
    void theAuditLogIsShownAndExported() throws IOException {
        auditLog(EVENT);
        assertEquals(0, api.gyre("audit"), api.errors());
        assertTrue(api.output().contains("orders-app"), api.output());
        assertTrue(api.output().contains("SecretName=db/orders"), api.output());
        api.forgetOutput();
        assertEquals(0, api.gyre("audit", "export"), api.errors());
        List<AuditLine> exported = new ArrayList<>();
        for (String each : api.output().strip().split("\n", -1)) {
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
        api.answer(
                "POST /operations/v1/instances/kst-1/back-up",
                "200 {\"instanceId\":\"kst-1\"," + counts + ",\"backup\":\"R1lSRQ==\"}");
        api.answer(
                "POST /operations/v1/instances/restore",
                "200 {\"instance\":{\"instanceId\":\"kst-2\",\"status\":\"Running\",\"name\":\"payments\"}," + counts
                        + "}");
        String option = "--passphrase-file=" + passphrase;

        assertEquals(0, api.gyre("instances", "back-up", "kst-1", "--out=" + file, option), api.errors());
        assertEquals("Wrote " + file + ": 1 keys, 2 secrets with 3 versions.\n", api.output());
        assertEquals("R1lSRQ==\n", Files.readString(file));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        assertEquals(1, api.gyre("instances", "back-up", "kst-1", "--out=" + file, option));
        assertTrue(api.errors().contains("exists, and no backup is written over it"), api.errors());

        assertEquals(0, api.gyre("instances", "restore", file.toString(), option, "--days=30"), api.errors());
        assertTrue(api.output().contains("kst-2"), api.output());
        assertTrue(
                api.lastRequest()
                        .endsWith("{\"backup\":\"R1lSRQ==\",\"days\":30,\"name\":\"\","
                                + "\"passphrase\":\"correct horse battery staple\"}"),
                api.requests().toString());
    }

    @Test
    void eachViewOfSecretsSaysWhereTheOthersAre() {
        api.answer(
                "GET /operations/v1/secrets?limit=20&view=instances",
                "200 {\"secrets\":[{\"name\":\"db/orders\",\"secretType\":\"Rds\",\"status\":\"Unavailable\","
                        + "\"rotationStatus\":\"Enabled\",\"drift\":\"PreviousDrifted\",\"instanceId\":\"kst-1\"}],"
                        + "\"elsewhere\":{\"view\":\"kms-1.0\",\"count\":3}}");
        api.answer(
                "GET /operations/v1/secrets?limit=20&view=kms-1.0",
                "200 {\"secrets\":[],\"elsewhere\":{\"view\":\"instances\",\"count\":1}}");

        assertEquals(0, api.gyre("secrets"), api.errors());
        assertTrue(api.output().contains("db/orders"), api.output());
        assertTrue(api.output().contains("Unavailable"), api.output());
        assertTrue(api.output().contains("PreviousDrifted"), api.output());
        assertTrue(
                api.output()
                        .endsWith("Created without a KMS instance: 3 more, which ./gyre secrets --kms-1.0 lists.\n"),
                api.output());
        api.forgetOutput();
        assertEquals(0, api.gyre("secrets", "--kms-1.0"), api.errors());
        assertEquals(
                "No secret is in this view.\nManaged in KMS instances: 1 more, which ./gyre secrets lists.\n",
                api.output());
    }
}
