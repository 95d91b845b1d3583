package io.gyre.api.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.aliyun.kms20160120.Client;
import com.aliyun.teaopenapi.models.Config;
import com.aliyun.teaopenapi.models.OpenApiRequest;
import com.aliyun.teaopenapi.models.Params;
import com.aliyun.teautil.models.RuntimeOptions;
import io.gyre.api.access.Installation;
import io.gyre.api.testing.Clients;
import io.gyre.api.testing.Identities;
import io.gyre.api.testing.OperationsClient;
import io.gyre.api.testing.OperationsClient.Answer;
import io.gyre.api.testing.Rows;
import io.gyre.envelope.Envelope;
import io.gyre.rpc.RpcCredentials;
import io.gyre.secret.SecretText;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class OperationsGateTest {
    private static final String ROTATIONS = "/operations/v1/rotations";

    @Inject
    OperationsClient operations;

    @Inject
    Clients clients;

    @Inject
    Identities identities;

    @Inject
    Rows rows;

    @Inject
    Envelope envelope;

    @Inject
    Installation installation;

    @ParameterizedTest
    @ValueSource(
            strings = {
                ROTATIONS,
                "/operations/v1/orphans",
                "/operations",
                "/operations/",
                "/operations/v1/nothing",
                "//operations/v1/rotations",
                "/operations/../operations/v1/rotations",
                "/%6Fperations/v1/rotations",
                "/q/../operations/v1/rotations",
                "/operations;a=b/v1/rotations",
                "/operations/v1;a=b/rotations"
            })
    void whoHasNotSignedLearnsNothingOfWhatIsThere(String path) {
        Answer answer = operations.send("GET", path, "", Map.of());

        assertTrue(answer.status() == 401 || answer.status() == 404, answer.toString());
        assertTrue(!answer.body().contains("rotationId") && !answer.body().contains("\"rotations\""), answer.body());
    }

    @Test
    void whoLooksForWhatIsNotThereIsInTheAuditLog() {
        Answer answer = operations.get("/operations/v1/nowhere/at-all");
        answer.problem(404, "NoSuchPath");
        String request = answer.json(404).path("instance").asText().replace("urn:uuid:", "");
        assertEquals(
                List.of("GET /operations/v1/nowhere"),
                rows.texts(
                        "SELECT event::jsonb ->> 'eventName' FROM audit_line WHERE event::jsonb ->> 'requestId' = ?",
                        request));
    }

    /** A server that believed these would let anybody say where a request comes from. */
    @Test
    void whatARequestSaysOfItsOwnOriginIsNotBelieved() {
        Answer answer = operations.send(
                "GET",
                ROTATIONS,
                "",
                Map.of("X-Forwarded-For", "203.0.113.9", "Forwarded", "for=203.0.113.9", "X-Real-IP", "203.0.113.9"));
        answer.problem(401, "IncompleteSignature");
        String request = answer.json(401).path("instance").asText().replace("urn:uuid:", "");
        assertEquals(
                List.of("127.0.0.1"),
                rows.texts(
                        "SELECT event::jsonb ->> 'sourceIpAddress' FROM audit_line WHERE event::jsonb ->> 'requestId' = ?",
                        request));
    }

    @Test
    void aRefusalToTheUnsignedSaysHowToSign() {
        assertEquals(
                "The request signature does not conform to Aliyun standards: the request is not signed.",
                operations.send("GET", ROTATIONS, "", Map.of()).problem(401, "IncompleteSignature"));
    }

    @Test
    void aSignatureIsForOnePathOneMethodAndOneBodyForFifteenMinutes() {
        SortedMap<String, String> headers = operations.headers("GET", ROTATIONS, "");

        assertEquals(200, operations.send("GET", ROTATIONS, "", headers).status());
        operations.send("GET", ROTATIONS + "?state=late", "", headers).problem(401, "SignatureDoesNotMatch");
        operations.send("GET", "/operations/v1/orphans", "", headers).problem(401, "SignatureDoesNotMatch");
        operations.send("POST", ROTATIONS, "", headers).problem(401, "SignatureDoesNotMatch");
        operations.send("GET", ROTATIONS, "{}", headers).problem(401, "IncompleteSignature");
        SortedMap<String, String> old = operations.headers(
                "GET", ROTATIONS, "", administrator(), Instant.now().minus(16, ChronoUnit.MINUTES));
        operations.send("GET", ROTATIONS, "", old).problem(401, "InvalidTimeStamp.Expired");
    }

    @Test
    void whoseClockIsWrongIsToldTheServersTimeWithTheRefusal() {
        Instant before = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        SortedMap<String, String> old =
                operations.headers("GET", ROTATIONS, "", operations.administrator(), before.minus(1, ChronoUnit.HOURS));
        Answer answer = operations.send("GET", ROTATIONS, "", old);
        answer.problem(401, "InvalidTimeStamp.Expired");
        Instant told = ZonedDateTime.parse(answer.date(), DateTimeFormatter.RFC_1123_DATE_TIME)
                .toInstant();
        assertTrue(!told.isBefore(before) && !told.isAfter(Instant.now()), answer.date());
    }

    @Test
    void anotherSecretOrAnUnknownKeyOpensNothing() {
        RpcCredentials wrong =
                new RpcCredentials(administrator().accessKeyId(), SecretText.of("not the administrator's secret"));
        RpcCredentials unknown = new RpcCredentials("LTAIunknown", SecretText.of("x"));

        String sentence = operations
                .send("GET", ROTATIONS, "", operations.headers("GET", ROTATIONS, "", wrong, Instant.now()))
                .problem(401, "SignatureDoesNotMatch");
        assertTrue(!sentence.contains("\n") && sentence.endsWith("."), sentence);
        operations
                .send("GET", ROTATIONS, "", operations.headers("GET", ROTATIONS, "", unknown, Instant.now()))
                .problem(401, "InvalidAccessKeyId.NotFound");
    }

    @Test
    void aSessionIsKnownByItsTokenWhichItMustBringAndSign() throws Exception {
        Clients.AccessKey session = identities.session(identities.role(Identities.root()));
        String token = String.valueOf(session.securityToken());
        RpcCredentials key = new RpcCredentials(session.id(), SecretText.of(session.secret()));

        withToken(key, Map.of("x-acs-security-token", token)).problem(403, "Forbidden.NoPermission");
        withToken(key, Map.of()).problem(401, "MissingSecurityToken");
        withToken(key, Map.of("x-acs-security-token", token + "A")).problem(401, "InvalidSecurityToken.Malformed");
        SortedMap<String, String> unsigned = operations.headers("GET", ROTATIONS, "", key, Instant.now());
        unsigned.put("x-acs-security-token", token);
        operations.send("GET", ROTATIONS, "", unsigned).problem(401, "IncompleteSignature");
    }

    private Answer withToken(RpcCredentials key, Map<String, String> token) {
        return operations.send("GET", ROTATIONS, "", operations.headers("GET", ROTATIONS, key, token));
    }

    @Test
    void aKeyOfAUserWhomNoPolicyAllowsAnythingMayDoNothing() {
        SecretText secret = SecretText.of("a user's secret");
        rows.change(
                "INSERT INTO access_key (access_key_id, account_id, principal, wrapped_secret, active, created_at)"
                        + " VALUES ('LTAIoperator', ?, 'user/operator', ?, true, calendar_now())",
                installation.account(),
                envelope.sealAccessKey(envelope.roots().names().current(), "LTAIoperator", secret));

        operations
                .send(
                        "GET",
                        ROTATIONS,
                        "",
                        operations.headers(
                                "GET", ROTATIONS, "", new RpcCredentials("LTAIoperator", secret), Instant.now()))
                .problem(403, "Forbidden.NoPermission");
    }

    @Test
    void thePublishedSdkCallsItInItsRestStyle() throws Exception {
        RpcCredentials key = administrator();
        Client client = new Client(new Config()
                .setEndpoint(operations.authority())
                .setProtocol("http")
                .setAccessKeyId(key.accessKeyId())
                .setAccessKeySecret(key.accessKeySecret().reveal()));
        Params listOrphans = new Params()
                .setAction("ListOrphans")
                .setVersion("v1")
                .setProtocol("http")
                .setPathname("/operations/v1/orphans")
                .setMethod("GET")
                .setAuthType("AK")
                .setStyle("ROA")
                .setReqBodyType("json")
                .setBodyType("json");

        Map<String, ?> answer =
                client.callApi(listOrphans, new OpenApiRequest().setQuery(Map.of("limit", "5")), new RuntimeOptions());

        assertEquals(200, ((Number) answer.get("statusCode")).intValue());
        assertTrue(String.valueOf(answer.get("body")).contains("orphans"), answer.toString());
    }

    @Test
    void healthAndTheOpenApiDocumentStayOpen() {
        assertEquals(
                200, operations.send("GET", "/q/health/ready", "", Map.of()).status());
        assertEquals(200, operations.send("GET", "/q/openapi", "", Map.of()).status());
    }

    @ParameterizedTest
    @CsvSource({
        "GET,    /operations/v1/nothing,                       404, NoSuchPath",
        "GET,    /operations,                                  404, NoSuchPath",
        "DELETE, /operations/v1/rotations,                     405, MethodNotAllowed",
        "PUT,    /operations/v1/orphans,                       405, MethodNotAllowed",
        "POST,   /operations/v1/rotations,                     405, MethodNotAllowed",
        "GET,    /operations/v1/rotations/x/retry,             405, MethodNotAllowed",
        "GET,    /operations/v1/rotations/%25%00,              400, InvalidParameter",
        "GET,    /operations/v1/rotations/%FF%FE,              400, InvalidParameter",
        "POST,   /operations/v1/orphans/99999999999999999999/remove, 400, InvalidParameter"
    })
    void whatIsNotThereIsAProblemAndNoAccident(String method, String path, int status, String code) {
        operations.signed(method, path, "").problem(status, code);
    }

    @Test
    void aQueryThatCannotBeReadCannotBeSignedEither() {
        SortedMap<String, String> headers = operations.headers("GET", ROTATIONS, "");

        operations.send("GET", ROTATIONS + "?limit=1&limit=2", "", headers).problem(400, "InvalidParameter");
        operations.send("GET", ROTATIONS + "?limit=%FF", "", headers).problem(400, "ParseRequestParameterException");
    }

    @Test
    void aBodyOfAnyKindIsReadOrRefused() {
        String dryRuns = "/operations/v1/dry-runs";
        for (String body :
                List.of("", "{", "[]", "null", "\"text\"", "{\"secretName\":{}}", "{\"x\":1}", "\0", "{} {}")) {
            Answer answer = operations.post(dryRuns, body);
            assertEquals(400, answer.status(), body + " is answered with " + answer);
            assertEquals("application/problem+json", answer.contentType().replaceAll(";.*", ""), body);
        }
        SortedMap<String, String> headers = operations.headers("POST", dryRuns, "x");
        headers.remove("content-type");
        operations.send("POST", dryRuns, "x", headers).problem(401, "SignatureDoesNotMatch");
        operations.post(dryRuns, "x".repeat(OperationsGate.BODY_LIMIT + 1)).problem(413, "RequestEntityTooLarge");
    }

    @Test
    void anotherContentTypeAndAnotherAcceptAreRefused() {
        String dryRuns = "/operations/v1/dry-runs";
        operations
                .send("POST", dryRuns, "<a/>", operations.headers("POST", dryRuns, "<a/>", "application/xml"))
                .problem(415, "UnsupportedMediaType");
        SortedMap<String, String> headers = operations.headers("GET", ROTATIONS, "");
        headers.put("accept", "application/xml");
        operations.send("GET", ROTATIONS, "", headers).problem(406, "NotAcceptable");
    }

    private RpcCredentials administrator() {
        return operations.administrator();
    }
}
