package io.gyre.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.gyre.audit.AuditChain;
import io.gyre.platform.testing.TestKafka;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each thing that is looked at, on an installation of which all else is well. */
class DoctorCommandTest {
    private static final UUID CHAIN = UUID.fromString("6f1c1f6e-6f4b-4d2b-9c1a-0d7c7c1c2b3a");
    private static final String WORKER =
            "{'kind':'rotation-worker','name':'worker-N','heardSecondsAgo':2,'knows':['1']}";

    @TempDir
    private Path folder;

    private AnsweringServer gyre;

    @BeforeEach
    void everythingIsWell() throws IOException {
        gyre = new AnsweringServer(folder);
        answers(
                "/q/health",
                "{'status':'UP','checks':[{'name':'Outbox relay to Kafka','status':'UP','data':{'relay':'sends'}}]}");
        answers("GET budgets", "{'budgets':[]}");
        answers("GET root-keys", rootKeys("true", WORKER.replace("N", "1") + "," + WORKER.replace("N", "2")));
        answers("GET rotations?limit=200&state=late", "{'rotations':[]}");
        answers("GET rotations?limit=200&state=waiting", "{'rotations':[]}");
        answers("GET schedule", "{'pausedSecrets':[],'asOf':'2026-03-02T10:00:00Z'}");
        answers("GET drift?limit=200", "{'secrets':[]}");
        answers("GET orphans?limit=200", "{'orphans':[]}");
        answers("GET dead-letters?limit=200", "{'deadLetters':[]}");
        answers(
                "GET instances",
                "{'instances':[{'instanceId':'kst-1','status':'Running'},{'instanceId':'kst-0','status':'Released'},"
                        + "{'instanceId':'kst-2','status':'Running','expiresAt':'2026-04-02T10:00:00Z'}]}");
        answers("GET service-roles/ram-rotation", "{'granted':true}");
        answers("GET webhooks", "{'webhooks':[{'name':'pager'}]}");
        gyre.answers("GET audit/latest?limit=200", auditLines("one", "two", "two"));
    }

    @AfterEach
    void stop() {
        gyre.close();
    }

    private void answers(String request, String body) {
        gyre.answers(request, body.replace('\'', '"'));
    }

    private static String rootKeys(String settled, String processes) {
        return "{'currentId':'1','settled':" + settled + ",'keys':[],'processes':[" + processes + "]}";
    }

    /** Two lines, the latest first, of which the second may say something else than what was written. */
    private static String auditLines(String first, String second, String written) {
        String before = AuditChain.next(AuditChain.root(CHAIN), first);
        return "{\"lines\":[" + line(2, AuditChain.next(before, written), second) + "," + line(1, before, first) + "]}";
    }

    private static String line(int number, String hash, String event) {
        return "{\"chain\":\"" + CHAIN + "\",\"line\":" + number + ",\"hash\":\"" + hash + "\",\"event\":\"" + event
                + "\"}";
    }

    /** What was found, by what was looked at. */
    private Map<String, JsonNode> findings(int status, String... more) throws IOException {
        String[] line = new String[more.length + 2];
        line[0] = "doctor";
        line[1] = "--json";
        System.arraycopy(more, 0, line, 2, more.length);
        assertEquals(status, gyre.gyre(line), gyre.errors());
        assertEquals("", gyre.errors());
        Map<String, JsonNode> findings = new TreeMap<>();
        OutputSchema.fitting("doctor", gyre.output())
                .path("findings")
                .forEach(each -> findings.put(each.path("check").asText(), each));
        return findings;
    }

    private static void assertFinding(String verdict, String said, Map<String, JsonNode> findings, String check) {
        JsonNode found = findings.get(check);
        assertEquals(verdict, found.path("verdict").asText(), found.toString());
        assertTrue(found.path("said").asText().contains(said), found.toString());
        assertEquals(
                verdict.equals("warn") || verdict.equals("fail"), found.has("do"), "what to do, where something is");
    }

    @Test
    void whereAllIsWellTheStatusIsNought() throws IOException {
        Map<String, JsonNode> findings = findings(0);
        assertEquals(18, findings.size());
        findings.forEach((check, found) -> assertEquals(
                check.equals("Kafka") ? "skip" : "ok", found.path("verdict").asText(), found.toString()));
        assertEquals(0, gyre.gyre("doctor"), gyre.errors());
        String shown = gyre.output();
        assertTrue(shown.startsWith("ok    operations API  It answers at " + gyre.endpoint() + ".\n"), shown);
        assertTrue(shown.contains("ok    workers         2 rotation workers run.\n"), shown);
        assertTrue(
                shown.contains("ok    audit log       Its latest lines follow from each other (1 compared);"), shown);
        assertTrue(shown.endsWith("\n\n17 ok, 0 to be looked at, 0 failed, 1 skipped.\n"), shown);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/q/health | health | fail | Down: Database. | {'checks':[{'name':'Database','status':'DOWN'}]}",
                "/q/health | health | warn | no event reaches Kafka since 10:00: no answer |"
                        + " {'checks':[{'status':'UP','data':{'relay':'held up','since':'10:00','reason':'no answer'}}]}",
                "GET budgets | budgets | warn | sts of account a |"
                        + " {'budgets':[{'product':'ram','account':'a'},{'product':'sts','account':'a','throttledUntil':'x'}]}",
                "GET root-keys | workers | fail | No rotation worker runs | {'currentId':'1','settled':true,'processes':[]}",
                "GET root-keys | workers | warn | One rotation worker |"
                        + " {'currentId':'1','settled':true,'processes':[{'kind':'rotation-worker','name':'w','knows':['1']}]}",
                "GET root-keys | root key | fail | api-service a |"
                        + " {'currentId':'1','settled':true,'processes':[{'kind':'api-service','name':'a','knows':['2']}]}",
                "GET root-keys | root key | warn | still being sealed | {'currentId':'1','settled':false,'processes':[]}",
                "GET rotations?limit=200&state=late | late | warn | Rotations that are late: 4 (a, b, c, …). |"
                        + " {'rotations':[{'secretName':'a'},{'secretName':'b'},{'secretName':'c'},{'secretName':'d'}]}",
                "GET rotations?limit=200&state=waiting | waiting | warn | waiting for a person: 1 (a). |"
                        + " {'rotations':[{'secretName':'a'}]}",
                "GET schedule | schedule | warn | Every secret is paused since 10:00 by me |"
                        + " {'pause':{'since':'10:00','by':'me'},'asOf':'2026-03-02T10:00:00Z'}",
                "GET schedule | schedule | warn | Paused secrets: 1 (db/a). |"
                        + " {'pausedSecrets':[{'secretName':'db/a'}],'asOf':'2026-03-02T10:00:00Z'}",
                "GET drift?limit=200 | drift | fail | refuse the current credentials of db/a. |"
                        + " {'secrets':[{'secretName':'db/a','state':'Drifted'},{'secretName':'db/b','state':'Unchecked'}]}",
                "GET drift?limit=200 | drift | warn | To be looked at: db/b. |"
                        + " {'secrets':[{'secretName':'db/b','state':'PreviousDrifted'}]}",
                "GET orphans?limit=200 | orphans | warn | 1 | {'orphans':[{}]}",
                "GET dead-letters?limit=200 | dead letters | warn | 2 dead letter | {'deadLetters':[{},{}]}",
                "GET instances | instances | fail | kst-1 (released 2026-03-17) |"
                        + " {'instances':[{'instanceId':'kst-1','status':'Expired','releasePlannedAt':'2026-03-17'}]}",
                "GET instances | instances | warn | kst-2 (2026-03-31T10:00:00Z) |"
                        + " {'instances':[{'instanceId':'kst-2','status':'Running','expiresAt':'2026-03-31T10:00:00Z'}]}",
                "GET service-roles/ram-rotation | service role | warn | RAM secrets cannot be created | {'granted':false}",
                "GET webhooks | webhooks | warn | Nothing can be delivered to pager (since 10:00). |"
                        + " {'webhooks':[{'name':'pager','failingSince':'10:00'}]}"
            })
    void whatIsWrongIsSaidWithWhatToDo(String request, String check, String verdict, String said, String answer)
            throws IOException {
        answers(request, answer);
        // Some answers are looked at twice, and one of the two may fail.
        boolean fails = verdict.equals("fail") || answer.contains("'processes':[]");
        assertFinding(verdict, said, findings(fails ? 10 : 11), check);
    }

    @Test
    void aChangedLineOfTheAuditLogIsFoundAtItsEnd() throws IOException {
        gyre.answers("GET audit/latest?limit=200", auditLines("one", "changed", "two"));
        assertFinding("fail", "Line 2 of chain " + CHAIN + " does not follow", findings(10), "audit log");
    }

    @Test
    void aCheckThatFailsEndsNoOther() throws IOException {
        answers("GET instances", "{'instances':[{'instanceId':'kst-2','status':'Running','expiresAt':'no time'}]}");
        answers("GET webhooks", "403 {'detail':'You are not authorized to do this action.'}");
        Map<String, JsonNode> findings = findings(10);
        assertFinding(
                "fail", "It could not be looked at: java.time.format.DateTimeParseException", findings, "instances");
        assertFinding("fail", "You are not authorized to do this action.", findings, "webhooks");
        assertFinding("ok", "follow from each other", findings, "audit log");
    }

    @Test
    void aKeyThatIsRefusedIsNamedOnceAndNotWithEachCheck() throws IOException {
        answers("GET budgets", "401 {'detail':'The AccessKey is not known.'}");
        Map<String, JsonNode> findings = findings(10);
        assertFinding("fail", "The AccessKey is not known.", findings, "access key");
        assertFinding("skip", "Not looked at, since \"access key\" failed.", findings, "drift");
        Files.delete(gyre.keyFile());
        assertFinding("fail", "Cannot read the AccessKey in " + gyre.keyFile(), findings(10), "access key");
    }

    @Test
    void whereNothingAnswersThatIsSaidAndTheRestIsSkipped() throws IOException {
        gyre.endServing();
        Map<String, JsonNode> findings = findings(10);
        assertFinding("fail", "Nothing answers at " + gyre.endpoint(), findings, "operations API");
        assertFinding("skip", "Not looked at, since \"operations API\" failed.", findings, "instances");
        assertEquals(10, gyre.gyre("doctor"));
        String shown = gyre.output() + gyre.errors();
        assertFalse(shown.contains("\tat "), shown);
    }

    @Test
    void typesThatNoWorkerListensToAreNamed() throws IOException {
        Map<String, JsonNode> findings = findings(10, "--bootstrap=" + TestKafka.bootstrapServers());
        assertFinding("ok", "has every topic", findings, "Kafka");
        assertFinding("fail", "No rotation worker listens to gyre.rotation.requests.ecs.", findings, "ECS workers");
    }
}
