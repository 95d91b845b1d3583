package io.gyre.api.audit;

import static io.gyre.api.testing.KafkaReader.header;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.aliyun.kms20160120.Client;
import com.aliyun.kms20160120.models.CreateSecretRequest;
import com.aliyun.kms20160120.models.DescribeSecretRequest;
import com.aliyun.kms20160120.models.GetSecretValueRequest;
import com.aliyun.kms20160120.models.ListSecretsRequest;
import com.aliyun.kms20160120.models.PutSecretValueRequest;
import com.aliyun.kms20160120.models.RotateSecretRequest;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gyre.api.testing.Clients;
import io.gyre.api.testing.Identities;
import io.gyre.api.testing.KafkaReader;
import io.gyre.api.testing.OperationsClient;
import io.gyre.api.testing.Refusal;
import io.gyre.api.testing.Rows;
import io.gyre.api.testing.Secrets;
import io.gyre.audit.AuditCheck;
import io.gyre.audit.AuditKey;
import io.gyre.audit.AuditLine;
import io.gyre.audit.SignedHead;
import io.gyre.event.AuditHeadSigned;
import io.gyre.event.SecretDrift;
import io.gyre.event.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

@QuarkusTest
class AuditTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String UNWRITTEN =
            "Service Unavailable Temporary. The audit log cannot be written, so the call was not answered: try again.";

    @Inject
    MeterRegistry meters;

    @Inject
    Clients clients;

    @Inject
    Identities identities;

    @Inject
    Secrets secrets;

    @Inject
    OperationsClient operations;

    @Inject
    Rows rows;

    @Inject
    ObjectMapper json;

    @ConfigProperty(name = "gyre.kafka.bootstrap-servers")
    String kafka;

    private List<JsonNode> told(String field, String value) throws Exception {
        List<JsonNode> events = new ArrayList<>();
        for (String event : rows.texts(
                "SELECT event FROM audit_line WHERE event::jsonb #>> CAST(? AS text[]) = ? ORDER BY chain_no, line",
                "{" + field + "}",
                value)) {
            events.add(json.readTree(event));
        }
        return events;
    }

    private static List<String> stages(List<JsonNode> events) {
        return events.stream()
                .map(event -> event.at("/additionalEventData/stage").asText())
                .toList();
    }

    @Test
    void aReadIsToldOnceAndNotWhatWasRead() throws Exception {
        String name = secrets.create(secrets.generic());
        String request = clients.current()
                .getSecretValue(new GetSecretValueRequest().setSecretName(name).setVersionStage("ACSCurrent"))
                .getBody()
                .getRequestId();

        List<JsonNode> events = told("requestId", request);
        assertEquals(List.of("Ended"), stages(events));
        JsonNode event = events.get(0);
        assertEquals("GetSecretValue", event.path("eventName").asText());
        assertEquals("ApiCall", event.path("eventType").asText());
        assertEquals("Kms", event.path("serviceName").asText());
        assertEquals("Read", event.path("eventRW").asText());
        assertEquals("127.0.0.1", event.path("sourceIpAddress").asText());
        assertEquals("root-account", event.at("/userIdentity/type").asText());
        assertEquals(
                clients.administratorKey().getProperty("AccessKeyId"),
                event.at("/userIdentity/accessKeyId").asText());
        assertEquals(
                json.readTree("{\"SecretName\":\"" + name + "\",\"VersionStage\":\"ACSCurrent\"}"),
                event.path("requestParameters"));
        assertFalse(event.has("errorCode"));
    }

    @Test
    void aChangeIsToldBeforeAndAfterAndNeverWithItsValue() throws Exception {
        CreateSecretRequest wanted = secrets.generic().setSecretData("a value to be found nowhere");
        String request = clients.current().createSecret(wanted).getBody().getRequestId();

        List<JsonNode> events = told("requestId", request);
        assertEquals(List.of("Begun", "Ended"), stages(events));
        assertEquals("Write", events.get(0).path("eventRW").asText());
        for (JsonNode event : events) {
            assertEquals(
                    wanted.getSecretName(),
                    event.at("/requestParameters/SecretName").asText());
            assertFalse(event.at("/requestParameters").has("SecretData"), event.toString());
        }
        assertEquals(0, rows.count("SELECT count(*) FROM audit_line WHERE event LIKE '%a value to be found nowhere%'"));
    }

    @Test
    void whatAnActionRefusesIsToldByItsCode() throws Exception {
        String name = identities.name("absent");
        Refusal refusal = Refusal.of(() -> clients.current()
                .putSecretValue(new PutSecretValueRequest()
                        .setSecretName(name)
                        .setVersionId("v1")
                        .setSecretData("x")));
        List<JsonNode> events = told("requestParameters,SecretName", name);
        assertEquals(List.of("Begun", "Ended"), stages(events));
        assertEquals(refusal.code(), events.get(1).path("errorCode").asText());
        assertFalse(events.get(1).has("errorMessage"));
    }

    @Test
    void whatIsMalformedIsNotQuoted() throws Exception {
        Refusal.of(() -> Clients.call(
                clients.current(), "DescribeSecret", Map.of("SecretName", "pa55word! in the wrong place")));
        assertEquals(0, rows.count("SELECT count(*) FROM audit_line WHERE event LIKE '%pa55word%'"));
    }

    @Test
    void aDenialIsToldWithWhatWasMissing() throws Exception {
        String user = identities.user();
        Client app = clients.with(identities.keyOf(user), false);
        Refusal.of(() -> app.listSecrets(new ListSecretsRequest()));

        JsonNode event = told("userIdentity,userName", user).get(0);
        assertEquals("Denied", event.at("/additionalEventData/stage").asText());
        assertEquals("ram-user", event.at("/userIdentity/type").asText());
        assertEquals("Forbidden.NoPermission", event.path("errorCode").asText());
        assertTrue(
                event.path("errorMessage").asText().contains("kms:ListSecrets on acs:kms:"),
                event.path("errorMessage").asText());
    }

    @Test
    void aSessionIsToldByItsRoleAndName() throws Exception {
        String role = identities.role(Identities.root());
        Clients.AccessKey session = identities.session(role);
        Refusal.of(() -> clients.with(session, false).listSecrets(new ListSecretsRequest()));

        JsonNode event = told("userIdentity,accessKeyId", session.id()).get(0);
        assertEquals("assumed-role", event.at("/userIdentity/type").asText());
        assertEquals(role + ":a-session", event.at("/userIdentity/userName").asText());
    }

    @Test
    void whoProvesNothingIsTold() throws Exception {
        String key = identities.name("LTAI-stranger");
        Refusal.of(() -> clients.with(key, "wrong").describeSecret(new DescribeSecretRequest().setSecretName("any")));

        JsonNode event = told("userIdentity,accessKeyId", key).get(0);
        assertEquals("Refused", event.at("/additionalEventData/stage").asText());
        assertEquals("unknown", event.at("/userIdentity/type").asText());
        assertEquals("DescribeSecret", event.path("eventName").asText());
        assertEquals("InvalidAccessKeyId.NotFound", event.path("errorCode").asText());
        assertFalse(event.has("requestParameters"), "of a caller who proved nothing, parameters are told");
    }

    @Test
    void operationsAreToldAsCallsAre() throws Exception {
        String id = UUID.randomUUID().toString();
        operations.post("/operations/v1/rotations/" + id + "/retry").problem(404, "RotationNotFound");
        List<JsonNode> events = told("requestParameters,id", id);
        assertEquals(List.of("Begun", "Ended"), stages(events));
        assertEquals("RetryRotation", events.get(0).path("eventName").asText());
        assertEquals("Operations", events.get(0).path("serviceName").asText());
        assertEquals("RotationNotFound", events.get(1).path("errorCode").asText());

        operations.send("GET", "/operations/v1/orphans", "", Map.of()).problem(401, "IncompleteSignature");
        assertFalse(told("eventName", "GET /operations/v1/orphans").isEmpty());
    }

    @Test
    void eachStepOfARotationIsToldOnce() throws Exception {
        String name = secrets.create(secrets.ram());
        clients.current()
                .rotateSecret(new RotateSecretRequest().setSecretName(name).setVersionId("v2"));
        String rotation =
                String.valueOf(rows.activeRotation("rotation_id", name).get(0));
        await().atMost(SOON)
                .until(() -> !told("additionalEventData,rotationId", rotation).isEmpty());
        List<JsonNode> events = told("additionalEventData,rotationId", rotation);
        assertEquals(1, events.size());
        assertEquals("RotationStep", events.get(0).path("eventName").asText());
        assertEquals(1, events.get(0).at("/additionalEventData/step").asInt());
        assertEquals(
                "Requested by RotateSecret.",
                events.get(0).at("/additionalEventData/note").asText());
        assertEquals(1, rows.count("SELECT count(*) FROM audit_chain WHERE kind = 'steps'"));
    }

    @Test
    void whatALookForDriftFoundIsToldAsTheStepsAre() throws Exception {
        String name = secrets.create(secrets.ram());
        rows.change(
                "INSERT INTO outbox (topic, record_key, event_type, data) SELECT 'gyre.rotation.events', arn, ?,"
                        + " jsonb_build_object('secretName', name, 'state', 'Drifted', 'seen', 'The key of ' || name"
                        + " || ' is refused.', 'means', 'It means this.', 'do', 'Do that.') FROM secret WHERE name = ?",
                SecretDrift.DRIFTED,
                name);
        String seen = "The key of " + name + " is refused.";
        await().atMost(SOON).until(() -> told("additionalEventData,seen", seen).size() == 1);
        JsonNode event = told("additionalEventData,seen", seen).get(0);
        assertEquals("DriftCheck", event.path("eventName").asText());
        assertEquals("Do that.", event.at("/additionalEventData/do").asText());
    }

    @Test
    void theLogThatTheApiServesIsWholeAndItsHeadsStandOutsideToo() throws Exception {
        String name = secrets.create(secrets.ram());
        clients.current()
                .rotateSecret(new RotateSecretRequest().setSecretName(name).setVersionId("v2"));
        await().atMost(SOON)
                .until(() -> rows.count("SELECT count(*) FROM audit_chain c WHERE kind = 'steps' AND last_line > 0"
                                + " AND headed_line = last_line")
                        == 1);

        List<SignedHead> kept = heads();
        try (KafkaReader reader = new KafkaReader(kafka)) {
            SignedHead last = kept.get(kept.size() - 1);
            reader.await(
                            1,
                            record -> record.topic().equals(Topics.AUDIT_HEADS)
                                    && record.value().contains(last.signature()))
                    .forEach(record -> {
                        assertEquals(AuditHeadSigned.TYPE, header(record, "ce_type"));
                        assertEquals(last.chain().toString(), record.key());
                    });
        }
        AuditCheck.Result result = check(kept);
        assertEquals(List.of(), result.findings());
        assertEquals(kept.size(), result.heads());
        assertTrue(result.chains() >= 2, "the chain of calls or that of steps is missing");
    }

    @Test
    void whatIsChangedOrRemovedInTheDatabaseIsFound() throws Exception {
        secrets.create(secrets.generic());
        List<SignedHead> kept = heads();
        String where = " FROM audit_line WHERE (chain_no, line) = (SELECT min(chain_no), 2 FROM audit_line)";
        String event = rows.text("SELECT event" + where);
        String chain = rows.text("SELECT chain_no" + where);

        assertEquals(1, change(chain, event.replace("acsRegion", "acsregion")));
        assertTrue(check(kept).findings().get(0).startsWith("Line 2 of chain "));
        assertEquals(1, change(chain, event));
        assertTrue(check(kept).whole());

        List<String> row = rows.texts("SELECT hash" + where);
        rows.change("DELETE" + where);
        assertTrue(check(kept).findings().get(0).contains("comes after line 1: lines were removed"));
        rows.change(
                "INSERT INTO audit_line (chain_no, line, hash, event) VALUES (CAST(? AS bigint), 2, ?, ?)",
                chain,
                row.get(0),
                event);
        assertTrue(check(kept).whole());
    }

    private int change(String chain, String event) {
        return rows.change(
                "UPDATE audit_line SET event = ? WHERE chain_no = CAST(? AS bigint) AND line = 2", event, chain);
    }

    @Test
    void whatCannotBeToldIsNeitherAnsweredNorDone() throws Exception {
        String name = secrets.create(secrets.generic());
        String other = identities.name("never-made");
        rows.change("ALTER TABLE audit_line RENAME TO audit_line_elsewhere");
        try {
            Refusal.expect(503, "ServiceUnavailableTemporary", UNWRITTEN, () -> clients.current()
                    .getSecretValue(new GetSecretValueRequest().setSecretName(name)));
            Refusal.expect(503, "ServiceUnavailableTemporary", UNWRITTEN, () -> clients.current()
                    .createSecret(secrets.generic().setSecretName(other)));
            assertEquals(
                    UNWRITTEN, operations.get("/operations/v1/orphans").problem(503, "ServiceUnavailableTemporary"));
        } finally {
            rows.change("ALTER TABLE audit_line_elsewhere RENAME TO audit_line");
        }
        assertTrue(meters.get("gyre.audit.unwritten").counter().count() >= 3);
        assertEquals(0, rows.count("SELECT count(*) FROM secret WHERE name = ?", other));
        assertEquals(
                "first value",
                clients.current()
                        .getSecretValue(new GetSecretValueRequest().setSecretName(name))
                        .getBody()
                        .getSecretData());
        assertTrue(check(heads()).whole());
    }

    @Test
    void aChangeWhoseEndCannotBeToldIsNotCalledDone() throws Exception {
        String name = identities.name("half-told");
        rows.change("CREATE FUNCTION refuse_line() RETURNS trigger LANGUAGE plpgsql AS"
                + " $$ BEGIN RAISE EXCEPTION 'no room'; END $$");
        rows.change("CREATE TRIGGER refuse_line BEFORE INSERT ON audit_line FOR EACH ROW"
                + " WHEN (NEW.event LIKE '%" + name + "%Ended%' OR NEW.event LIKE '%Ended%" + name + "%')"
                + " EXECUTE FUNCTION refuse_line()");
        try {
            Refusal refusal = Refusal.of(
                    () -> clients.current().createSecret(secrets.generic().setSecretName(name)));
            assertEquals("ServiceUnavailableTemporary", refusal.code());
            assertTrue(refusal.message().contains("may have taken effect"), refusal.message());
        } finally {
            rows.change("DROP TRIGGER refuse_line ON audit_line");
            rows.change("DROP FUNCTION refuse_line");
        }
        assertEquals(1, rows.count("SELECT count(*) FROM secret WHERE name = ?", name));
        assertEquals(List.of("Begun"), stages(told("requestParameters,SecretName", name)));
    }

    @Test
    void aMadeUpPlaceInTheLogIsRefused() {
        assertEquals(
                "nextToken is \"9.x\": give one that a list answered with, unchanged.",
                operations.get("/operations/v1/audit/lines?nextToken=9.x").problem(400, "InvalidParameter"));
        JsonNode latest = operations.get("/operations/v1/audit/latest?limit=1").json(200);
        assertEquals(1, latest.path("lines").size());
        assertNotNull(latest.at("/lines/0/event").textValue());
    }

    private AuditCheck.Result check(List<SignedHead> heads) throws Exception {
        AuditCheck check = new AuditCheck(keys());
        heads.forEach(head -> check.take(head, "the log"));
        for (JsonNode line : all("lines")) {
            check.take(json.treeToValue(line, AuditLine.class));
        }
        return check.end();
    }

    private List<AuditKey> keys() {
        return StreamSupport.stream(
                        operations
                                .get("/operations/v1/audit/keys")
                                .json(200)
                                .path("keys")
                                .spliterator(),
                        false)
                .map(key -> AuditKey.of(key.path("publicKey").asText()))
                .toList();
    }

    private List<SignedHead> heads() throws Exception {
        List<SignedHead> heads = new ArrayList<>();
        for (JsonNode head : all("heads")) {
            heads.add(json.treeToValue(head, SignedHead.class));
        }
        return heads;
    }

    /** Of every page. */
    private List<JsonNode> all(String what) {
        List<JsonNode> all = new ArrayList<>();
        Set<String> tokens = new TreeSet<>();
        String token = "";
        do {
            JsonNode page = operations
                    .get("/operations/v1/audit/" + what + "?limit=200&nextToken=" + token)
                    .json(200);
            page.path(what).forEach(all::add);
            token = page.path("nextToken").asText("");
        } while (!token.isEmpty() && tokens.add(token));
        return all;
    }
}
