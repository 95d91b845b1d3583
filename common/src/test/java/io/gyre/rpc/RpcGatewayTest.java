package io.gyre.rpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RpcGatewayTest {
    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");

    private final EchoGateway echo = new EchoGateway();
    private final RpcGateway gateway = echo.at(InstantSource.fixed(NOW));

    private HttpAnswer answer(HttpCall call) {
        return gateway.answer(call, Runnable::run).await().atMost(Duration.ofSeconds(10));
    }

    private static JsonNode json(HttpAnswer answer) throws IOException {
        assertEquals("application/json;charset=utf-8", answer.contentType());
        return Json.MAPPER.readTree(answer.body());
    }

    private static String text(HttpAnswer answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    private void assertRefused(HttpCall call, int status, String code) throws IOException {
        HttpAnswer answer = answer(call);
        JsonNode body = json(answer);
        assertEquals(code, body.path("Code").asText());
        assertEquals(status, answer.status());
        assertEquals(status, body.path("HttpStatus").asInt());
        assertFalse(body.path("Message").asText().isEmpty());
        assertTrue(body.path("RequestId").asText().matches("[0-9a-f-]{36}"));
        assertTrue(echo.reached.isEmpty(), "an action was reached");
    }

    private static SignedRequests.Acs3 acs3() {
        SignedRequests.Acs3 request = new SignedRequests.Acs3();
        request.date = NOW;
        return request;
    }

    private static SortedMap<String, String> of(String... pairs) {
        SortedMap<String, String> map = new TreeMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put(pairs[i], pairs[i + 1]);
        }
        return map;
    }

    private static SortedMap<String, String> v1(String... more) {
        SortedMap<String, String> query = SignedRequests.v1("Echo", NOW);
        query.putAll(of(more));
        return query;
    }

    @Test
    void aRequestIsAnsweredOnceInEitherGeneration() throws IOException {
        SortedMap<String, String> withoutNonce = v1();
        withoutNonce.remove("SignatureNonce");
        SortedMap<String, String> none = of();
        for (HttpCall call : List.of(
                acs3().call(),
                SignedRequests.v1Call("GET", v1(), none),
                SignedRequests.v1Call("GET", withoutNonce, none))) {
            assertEquals(200, answer(call).status());
            echo.reached.clear();
            assertRefused(call, 400, "SignatureNonceUsed");
        }
    }

    @Test
    void aWrongSignatureUsesNoNonceUp() throws IOException {
        SortedMap<String, String> query = v1();
        SortedMap<String, String> forged = new TreeMap<>(query);
        forged.put("Description", "forged");
        SortedMap<String, String> signed = SignedRequests.signed("GET", query, of());
        forged.put("Signature", signed.getOrDefault("Signature", ""));
        String sent = PercentEncoding.canonical(forged);
        assertRefused(
                new HttpCall("GET", "/", sent, Map.of(), new byte[0], "127.0.0.1", false),
                400,
                "SignatureDoesNotMatch");
        String right = PercentEncoding.canonical(signed);
        HttpCall call = new HttpCall("GET", "/", right, Map.of(), new byte[0], "127.0.0.1", false);
        assertEquals(200, answer(call).status());
    }

    @Test
    void teaSendsHeadersAndAQuery() throws IOException {
        SignedRequests.Acs3 request = acs3();
        request.query = "SecretName=a%2Fb+c*%7E&Description=";

        JsonNode answer = json(answer(request.call()));

        assertEquals("a/b c*~", answer.path("SecretName").asText());
        assertEquals("", answer.path("Description").asText("absent"));
    }

    @Test
    void legacyV3SignsNoHostAndRepeatsItsHeadersInTheQuery() throws IOException {
        SignedRequests.Acs3 request = acs3();
        request.hostSigned = false;
        request.legacyOrder = true;
        request.signed.put("content-type", "application/x-www-form-urlencoded");
        request.query = "Action=Echo&Version=2016-01-20&Format=JSON&RegionId=cn-hangzhou&SecretName=s";

        JsonNode answer = json(answer(request.call()));

        assertEquals("s", answer.path("SecretName").asText());
        assertFalse(answer.has("RegionId"), "the legacy core adds it to every call");
    }

    @Test
    void theOlderGenerationTakesParametersFromQueryAndForm() throws IOException {
        JsonNode answer =
                json(answer(SignedRequests.v1Call("POST", v1("SecretName", "s"), of("SecretData", "ä ö+%&="))));

        assertEquals("s", answer.path("SecretName").asText());
        assertEquals("ä ö+%&=", answer.path("SecretData").asText());
    }

    @Test
    void getIsSignedAsGet() throws IOException {
        assertEquals(200, answer(SignedRequests.v1Call("GET", v1(), of())).status());
        SignedRequests.Acs3 request = acs3();
        request.method = "GET";
        assertEquals(200, answer(request.call()).status());
    }

    @Test
    void aJsonBodyIsFlattenedToParameters() throws IOException {
        SignedRequests.Acs3 request = acs3();
        request.signed.put("content-type", "application/json; charset=utf-8");
        request.body = "{\"SecretName\":\"é\",\"Force\":true,\"Days\":7,\"Tags\":[{\"TagKey\":\"k\"}],\"None\":null}"
                .getBytes(StandardCharsets.UTF_8);

        JsonNode answer = json(answer(request.call()));

        assertEquals("é", answer.path("SecretName").asText());
        assertEquals("true", answer.path("Force").asText());
        assertEquals("7", answer.path("Days").asText());
        assertEquals("[{\"TagKey\":\"k\"}]", answer.path("Tags").asText());
        assertFalse(answer.has("None"));
    }

    @Test
    void theHeadersOfTheOlderGenerationCountForNothing() throws IOException {
        SortedMap<String, String> query = SignedRequests.signed("POST", v1("SecretName", "s"), of());
        Map<String, String> forged = Map.of("x-acs-action", "Refuse", "x-acs-version", "2015-05-01");

        HttpAnswer answer = answer(
                new HttpCall("POST", "/", PercentEncoding.canonical(query), forged, new byte[0], "127.0.0.1", false));

        assertEquals("s", json(answer).path("SecretName").asText());
    }

    @Test
    void anotherActionThanTheSignedOneIsRefused() throws IOException {
        SignedRequests.Acs3 request = acs3();
        request.query = "Action=Refuse";
        assertRefused(request.call(), 400, "IncompleteSignature");
    }

    @Test
    void anotherVersionThanTheSignedOneIsRefused() throws IOException {
        SignedRequests.Acs3 request = acs3();
        request.query = "Version=2015-05-01";
        assertRefused(request.call(), 400, "IncompleteSignature");
    }

    @Test
    void aBodyThatIsNotTheSignedOneIsRefused() throws IOException {
        SignedRequests.Acs3 request = acs3();
        request.signed.put("x-acs-content-sha256", Digests.sha256Hex("SecretData=mine"));
        request.unsigned.put("content-type", "application/x-www-form-urlencoded");
        request.body = "SecretData=theirs".getBytes(StandardCharsets.UTF_8);
        assertRefused(request.call(), 400, "IncompleteSignature");
    }

    @Test
    void aWrongSecretIsRefusedInBothGenerations() throws IOException {
        SignedRequests.Acs3 request = acs3();
        request.secret = "another";
        assertRefused(request.call(), 400, "SignatureDoesNotMatch");

        SortedMap<String, String> query = v1("Signature", "AAAAAAAAAAAAAAAAAAAAAAAAAAA=");
        assertRefused(
                new HttpCall("POST", "/", PercentEncoding.canonical(query), Map.of(), new byte[0], "127.0.0.1", false),
                400,
                "SignatureDoesNotMatch");
    }

    @Test
    void anUnsignedRequestIsRefused() throws IOException {
        assertRefused(
                new HttpCall("GET", "/", "Action=Echo", Map.of(), new byte[0], "127.0.0.1", false),
                400,
                "IncompleteSignature");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ACS3-HMAC-SM3", "ACS3-RSA-SHA256", "ACS4-HMAC-SHA256", "Bearer", ""})
    void anUnknownAlgorithmIsAnsweredByACode(String algorithm) throws IOException {
        SignedRequests.Acs3 request = acs3();
        request.unsigned.put("authorization", algorithm + " Credential=testid,SignedHeaders=host,Signature=ab");
        assertRefused(request.call(), 400, "InvalidSignatureMethod");
    }

    @Test
    void theOtherMethodsOfTheOlderGenerationAreAnsweredByACode() throws IOException {
        assertRefused(
                SignedRequests.v1Call("POST", v1("SignatureMethod", "SHA256withRSA"), of()),
                400,
                "InvalidSignatureMethod");
        assertRefused(
                SignedRequests.v1Call("POST", v1("SignatureType", "BEARERTOKEN"), of()), 400, "InvalidSignatureMethod");
    }

    @ParameterizedTest
    @ValueSource(longs = {-901, 901})
    void aDateOutsideOfFifteenMinutesIsRefused(long seconds) throws IOException {
        SignedRequests.Acs3 request = acs3();
        request.date = NOW.plusSeconds(seconds);
        assertRefused(request.call(), 400, "InvalidTimeStamp.Expired");
        assertRefused(
                SignedRequests.v1Call("POST", SignedRequests.v1("Echo", NOW.plusSeconds(seconds)), of()),
                400,
                "InvalidTimeStamp.Expired");
    }

    @ParameterizedTest
    @ValueSource(longs = {-900, 900})
    void aDateOfFifteenMinutesIsAccepted(long seconds) throws IOException {
        SignedRequests.Acs3 request = acs3();
        request.date = NOW.plusSeconds(seconds);
        assertEquals(200, answer(request.call()).status());
    }

    @ParameterizedTest
    @ValueSource(strings = {"yesterday", "2026-01-31 12:00:00", "2026-02-30T12:00:00Z", "2026-01-31T13:00:00+01:00"})
    void aMalformedDateIsRefused(String date) throws IOException {
        assertRefused(SignedRequests.v1Call("POST", v1("Timestamp", date), of()), 400, "InvalidTimeStamp.Format");
    }

    @Test
    void anUnknownKeyAndADisabledKeyAreRefused() throws IOException {
        assertRefused(
                SignedRequests.v1Call("POST", v1("AccessKeyId", "nobody"), of()), 404, "InvalidAccessKeyId.NotFound");
        echo.keyActive = false;
        assertRefused(SignedRequests.v1Call("POST", v1(), of()), 403, "InvalidAccessKeyId.Inactive");
    }

    @Test
    void unknownActionsAndVersionsAreRefused() throws IOException {
        assertRefused(SignedRequests.v1Call("POST", v1("Action", "Nothing"), of()), 404, "InvalidAction.NotFound");
        assertRefused(SignedRequests.v1Call("POST", v1("Version", "1999-01-01"), of()), 400, "InvalidVersion");
        assertRefused(SignedRequests.v1Call("POST", v1("Version", "2015-05-01"), of()), 404, "InvalidAction.NotFound");
    }

    @Test
    void whatComesToNoActionIsToldAndWhatAnActionRefusesIsNot() {
        SignedRequests.Acs3 unknown = acs3();
        unknown.action = "Nothing";
        answer(unknown.call());
        SignedRequests.Acs3 stranger = acs3();
        stranger.keyId = "stranger";
        answer(stranger.call());
        answer(SignedRequests.v1Call("POST", of("Action", "Echo"), of()));
        SignedRequests.Acs3 refused = acs3();
        refused.action = "Refuse";
        answer(refused.call());

        assertEquals(
                List.of(
                        SignedRequests.KEY_ID + " null InvalidAction.NotFound",
                        "stranger Echo InvalidAccessKeyId.NotFound",
                        "null null MissingParameter"),
                echo.refused);
    }

    @Test
    void oneNameInQueryAndFormIsRefused() throws IOException {
        assertRefused(
                SignedRequests.v1Call("POST", v1("SecretName", "a"), of("SecretName", "b")), 400, "InvalidParameter");
    }

    @Test
    void anUnexpectedFailureSaysNothingOfItself() throws IOException {
        HttpAnswer answer = answer(SignedRequests.v1Call("POST", v1("Action", "Fail", "Password", "hunter2"), of()));

        assertEquals(500, answer.status());
        assertEquals("InternalFailure", json(answer).path("Code").asText());
        assertFalse(text(answer).contains("hunter2"));
    }

    @Test
    void aLoggedFailureHasItsStackAndNoMessage() {
        Throwable logged = Undisclosed.of(new IllegalStateException("hunter2", new IOException("hunter2")));

        assertEquals("java.lang.IllegalStateException", logged.getMessage());
        assertEquals("java.io.IOException", logged.getCause().getMessage());
        assertEquals("RpcGatewayTest.java", logged.getStackTrace()[0].getFileName());
    }

    @Test
    void jsonIsRawUtf8() {
        String secret = "é<>&='\"\\ \u2028€𝄞";
        String body = text(answer(SignedRequests.v1Call("POST", v1("SecretData", secret), of())));

        assertTrue(body.contains("\"SecretData\":\"é<>&='\\\"\\\\ \u2028€𝄞\""), body);
    }

    @Test
    void xmlIsAnsweredWhereItIsAskedFor() {
        HttpAnswer answer = answer(SignedRequests.v1Call("POST", v1("Format", "XML", "SecretData", "<é>&\r\n"), of()));

        assertEquals("text/xml;charset=utf-8", answer.contentType());
        String body = text(answer);
        assertTrue(body.contains("<SecretData>&lt;é&gt;&amp;&#13;\n</SecretData>"), body);
        assertTrue(body.contains("<Names><Name>one</Name><Name>two</Name></Names>"), body);
        assertTrue(body.startsWith("<?xml version=\"1.0\" encoding=\"UTF-8\"?><EchoResponse><RequestId>"), body);
    }

    @Test
    void aRefusalIsXmlToo() {
        HttpAnswer answer = answer(SignedRequests.v1Call("POST", v1("Action", "Refuse", "Format", "XML"), of()));

        assertEquals(409, answer.status());
        String body = text(answer);
        assertTrue(body.contains("<Error><HttpStatus>409</HttpStatus><Code>Rejected.ResourceInUse</Code>"), body);
        assertTrue(body.contains("<Message>Bitte später</Message>"), body);
        assertTrue(body.contains("<Hint>a&lt;b</Hint>"), body);
    }

    @Test
    void whatXmlCannotCarryIsRefusedNotChanged() {
        HttpAnswer answer = answer(SignedRequests.v1Call("POST", v1("Format", "XML", "SecretData", "a\u0001b"), of()));

        assertEquals(400, answer.status());
        assertTrue(text(answer).contains("<Code>InvalidParameter</Code>"));
    }

    @Test
    void hangingUpIsNoAnswer() {
        HttpCall call = SignedRequests.v1Call("POST", v1("Action", "HangUp"), of());
        assertThrows(RpcHangUp.class, () -> answer(call));
    }
}
