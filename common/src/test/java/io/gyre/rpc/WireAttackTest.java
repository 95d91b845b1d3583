package io.gyre.rpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A request that somebody between the program and Gyre changed, over a socket. Each attack begins with a request that is
 * answered as it is; none of them reaches an action.
 */
class WireAttackTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    private final Vertx vertx = Vertx.vertx();
    private final EchoGateway echo = new EchoGateway();
    private final RpcServer server =
            new RpcServer(vertx, RpcServerOptions.plain("127.0.0.1", 0), echo.at(InstantSource.system()));
    private int port;

    @BeforeEach
    void start() {
        port = server.start().await().atMost(SOON);
        echo.reached.clear();
    }

    @AfterEach
    void stop() {
        server.close().await().atMost(SOON);
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private static String signed() {
        SignedRequests.Acs3 request = new SignedRequests.Acs3();
        request.query = "SecretName=orders";
        return request.http();
    }

    private void assertNothingReached(String attack) throws IOException {
        RawHttp answer = RawHttp.exchange(port, attack);
        assertTrue(echo.reached.isEmpty(), "an action was reached");
        assertTrue(answer.status() == 0 || answer.status() / 100 == 4, answer.head());
    }

    @Test
    void whatTheAttacksBeginWithIsAnswered() throws IOException {
        assertEquals(200, RawHttp.exchange(port, signed()).status());
        assertEquals(200, RawHttp.exchange(port, elder(elderSigned())).status());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "authorization",
                "host",
                "x-acs-action",
                "x-acs-version",
                "x-acs-date",
                "x-acs-signature-nonce",
                "x-acs-content-sha256"
            })
    void strippedOfAPart(String header) throws IOException {
        String request = signed();
        String stripped = request.replaceFirst("(?m)^" + header + ": .*\r\n", "");
        assertFalse(stripped.equals(request));
        assertNothingReached(stripped);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x-acs-action",
                "x-acs-version",
                "x-acs-date",
                "x-acs-signature-nonce",
                "x-acs-content-sha256",
                "x-acs-security-token"
            })
    void withAPartGivenTwice(String header) throws IOException {
        assertNothingReached(signed().replaceFirst("\r\n", "\r\n" + header + ": another\r\n"));
        assertNothingReached(signed().replaceFirst("\r\n\r\n", "\r\n" + header + ": another\r\n\r\n"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POST /?|GET /?",
                "POST /?|POST /orders?",
                "SecretName=orders|SecretName=payroll",
                "SecretName=orders|SecretName=orders&Description=x",
                "SecretName=orders|SecretName=orders&SecretName=payroll",
                "SecretName=orders|SecretName=orders&Action=Fail",
                "SecretName=orders|SecretName=orders&Version=2015-05-01",
                "SecretName=orders|SecretName=orders&AccessKeyId=other&Signature=x",
                "Credential=testid|Credential=another",
                "ACS3-HMAC-SHA256|ACS3-HMAC-SHA1",
                "ACS3-HMAC-SHA256|none",
                "host;|",
                ";x-acs-date|",
                ";x-acs-signature-nonce|",
                "Content-Length: 0|Content-Length: 12",
            })
    void changedUnderway(String part, String change) throws IOException {
        String request = signed();
        assertTrue(request.contains(part), request);
        assertNothingReached(request.replace(part, change == null ? "" : change)
                + (part.startsWith("Content-") ? "Description=x" : ""));
    }

    /** A wrong signature of the current generation is not made good by a right one of the elder. */
    @Test
    void aDowngradeBesideTheCurrentGeneration() throws IOException {
        String query = PercentEncoding.canonical(elderSigned());
        assertNothingReached(signed().replace("SecretName=orders", query));
    }

    @ParameterizedTest
    @CsvSource({
        "SignatureMethod, HMAC-MD5",
        "SignatureMethod, none",
        "SignatureMethod, ''",
        "SignatureVersion, 0.9",
        "SignatureType, BEARERTOKEN",
        "Signature, ''",
        "Action, Fail",
        "Timestamp, 2020-01-01T00:00:00Z",
        "SignatureNonce, another",
        "AccessKeyId, another",
        "Description, added",
    })
    void theElderGenerationChangedUnderway(String parameter, String value) throws IOException {
        SortedMap<String, String> changed = elderSigned();
        changed.put(parameter, value);
        assertNothingReached(elder(changed));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Action",
                "Version",
                "AccessKeyId",
                "Signature",
                "SignatureMethod",
                "SignatureNonce",
                "Timestamp",
            })
    void theElderGenerationStrippedOfAPart(String parameter) throws IOException {
        SortedMap<String, String> stripped = elderSigned();
        stripped.remove(parameter);
        assertNothingReached(elder(stripped));
    }

    /** A second request, rightly signed, which a proxy that reads the first one otherwise would not have seen. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 0\r\nTransfer-Encoding: chunked",
                "Transfer-Encoding: chunked\r\nContent-Length: 0",
                "Content-Length: 0\r\nContent-Length: 5",
                "Content-Length: 0, 5",
                "Content-Length: +0",
                "Transfer-Encoding: identity, chunked",
                "Transfer-Encoding: chunked, identity",
                "Transfer-Encoding: xchunked",
                "Transfer-Encoding : chunked",
                "Transfer-Encoding:\u000bchunked",
                "Content-Length : 0",
            })
    void aRequestSmuggledBehindAnother(String framing) throws IOException {
        SignedRequests.Acs3 hidden = new SignedRequests.Acs3();
        hidden.query = "SecretName=hidden";
        String attack = signed().replace("Content-Length: 0", framing) + "0\r\n\r\n" + hidden.http();
        RawHttp.untilClosed(port, attack);
        assertTrue(
                echo.reached.stream().noneMatch(request -> "hidden".equals(request.text("SecretName"))),
                "the hidden request was answered");
        assertTrue(echo.reached.isEmpty(), "the request around it was answered");
    }

    private static SortedMap<String, String> elderSigned() {
        SortedMap<String, String> query = SignedRequests.v1("Echo", Instant.now());
        query.put("SecretName", "orders");
        return SignedRequests.signed("GET", query, new TreeMap<>());
    }

    private static String elder(SortedMap<String, String> query) {
        return "GET /?" + PercentEncoding.canonical(query) + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
    }
}
