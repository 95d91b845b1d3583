package io.gyre.rpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Everything that can be wrong with a request, over a real socket: a JSON refusal each, and no action is reached. */
class RpcServerTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    private final Vertx vertx = Vertx.vertx();
    private final EchoGateway echo = new EchoGateway();
    private final RpcServer server =
            new RpcServer(vertx, RpcServerOptions.plain("127.0.0.1", 0), echo.at(InstantSource.system()));
    private int port;

    @BeforeEach
    void start() {
        port = server.start().await().atMost(SOON);
    }

    @AfterEach
    void stop() {
        server.close().await().atMost(SOON);
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private void assertRefused(RawHttp answer, int status, String code) throws IOException {
        assertEquals(status, answer.status(), answer.head());
        JsonNode body = answer.json();
        assertEquals(code, body.path("Code").asText());
        assertEquals(status, body.path("HttpStatus").asInt());
        assertFalse(body.path("Message").asText().isEmpty());
        assertTrue(body.path("RequestId").asText().matches("[0-9a-f-]{36}"));
        assertTrue(body.has("HostId"));
        assertTrue(answer.head().toLowerCase(Locale.ROOT).contains("content-type: application/json"));
        assertTrue(echo.reached.isEmpty(), "an action was reached");
    }

    private RawHttp send(String request) throws IOException {
        return RawHttp.exchange(port, request);
    }

    private static String form(String contentType, String body) {
        return "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: " + contentType + "\r\nContent-Length: "
                + body.length() + "\r\n\r\n" + body;
    }

    @Test
    void aSignedRequestIsAnswered() throws IOException {
        SignedRequests.Acs3 request = new SignedRequests.Acs3();
        request.host = "127.0.0.1:" + port;
        request.query = "SecretName=s";

        RawHttp answer = send(request.http());

        assertEquals(200, answer.status());
        assertEquals("s", answer.json().path("SecretName").asText());
        assertEquals("127.0.0.1", echo.reached.get(0).sourceAddress());
        assertFalse(echo.reached.get(0).secure());
    }

    @Test
    void anEmptyChunkedPostWithoutContentTypeIsAnswered() throws IOException {
        SignedRequests.Acs3 request = new SignedRequests.Acs3();

        RawHttp answer = send(
                request.http().replace("Content-Length: 0\r\n\r\n", "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"));

        assertEquals(200, answer.status());
    }

    @Test
    void aSecretOfFullSizeFitsTheRequestLine() throws IOException {
        SignedRequests.Acs3 request = new SignedRequests.Acs3();
        request.query = "SecretData=" + "%C3%A9".repeat(30_720 / 2);

        RawHttp answer = send(request.http());

        assertEquals(200, answer.status(), answer.head());
        assertEquals("é".repeat(30_720 / 2), answer.json().path("SecretData").asText());
    }

    @Test
    void aLineThatIsTooLongIsRefused() throws IOException {
        assertRefused(
                send("GET /?a=" + "b".repeat(RpcServerOptions.REQUEST_LINE_LIMIT) + " HTTP/1.1\r\nHost: h\r\n\r\n"),
                414,
                "RequestUriTooLarge");
    }

    @Test
    void headersThatAreTooLargeAreRefused() throws IOException {
        assertRefused(
                send("GET / HTTP/1.1\r\nHost: h\r\nX: " + "b".repeat(RpcServerOptions.HEADER_LIMIT) + "\r\n\r\n"),
                431,
                "RequestHeaderFieldsTooLarge");
    }

    @Test
    void malformedHttpIsRefused() throws IOException {
        assertRefused(send("this is no HTTP\r\n\r\n"), 400, "ParseRequestParameterException");
        assertRefused(
                send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: many\r\n\r\n"),
                400,
                "ParseRequestParameterException");
    }

    @Test
    void aBodyThatBreaksOffReachesNoAction() throws IOException {
        SignedRequests.Acs3 request = new SignedRequests.Acs3();

        RawHttp answer = send(
                request.http().replace("Content-Length: 0\r\n\r\n", "Transfer-Encoding: chunked\r\n\r\nno size\r\n"));

        assertEquals(new RawHttp(0, "", ""), answer);
        assertTrue(echo.reached.isEmpty());
    }

    @Test
    void anotherPathIsRefused() throws IOException {
        assertRefused(send("GET /admin?Action=Echo HTTP/1.1\r\nHost: h\r\n\r\n"), 404, "InvalidAction.NotFound");
        assertRefused(send("GET /../ HTTP/1.1\r\nHost: h\r\n\r\n"), 404, "InvalidAction.NotFound");
    }

    @Test
    void anotherMethodIsRefused() throws IOException {
        for (String method : new String[] {"PUT", "DELETE", "OPTIONS", "BREW"}) {
            assertRefused(send(method + " / HTTP/1.1\r\nHost: h\r\n\r\n"), 403, "UnsupportedHTTPMethod");
        }
    }

    @Test
    void aBodyThatIsNoFormIsRefused() throws IOException {
        String form = "application/x-www-form-urlencoded";
        assertRefused(send(form(form, "{\"SecretName\":\"s\"}")), 400, "ParseRequestParameterException");
        assertRefused(send(form("application/json", "SecretName=s")), 400, "ParseRequestParameterException");
        assertRefused(send(form("application/json", "[1]")), 400, "ParseRequestParameterException");
        assertRefused(send(form("application/json", "{\"a\":1,\"a\":2}")), 400, "ParseRequestParameterException");
        assertRefused(send(form("text/xml", "<a/>")), 400, "ParseRequestParameterException");
    }

    @Test
    void anUnsignedRequestIsRefused() throws IOException {
        assertRefused(send("GET /?Action=Echo HTTP/1.1\r\nHost: h\r\n\r\n"), 400, "IncompleteSignature");
        assertRefused(send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n\r\n"), 400, "IncompleteSignature");
    }

    @Test
    void aWronglySignedRequestIsRefused() throws IOException {
        SignedRequests.Acs3 request = new SignedRequests.Acs3();
        request.secret = "wrong";
        assertRefused(send(request.http()), 400, "SignatureDoesNotMatch");
    }

    @Test
    void aParameterGivenTwiceIsRefused() throws IOException {
        assertRefused(send("GET /?a=1&a=2 HTTP/1.1\r\nHost: h\r\n\r\n"), 400, "InvalidParameter");
        assertRefused(send(form("application/x-www-form-urlencoded", "a=1&a=2")), 400, "InvalidParameter");
    }

    @Test
    void badPercentEncodingIsRefused() throws IOException {
        for (String bad : new String[] {"%", "%4", "%zz", "%C3", "%FF%FE"}) {
            assertRefused(
                    send("GET /?a=" + bad + " HTTP/1.1\r\nHost: h\r\n\r\n"), 400, "ParseRequestParameterException");
        }
    }

    @Test
    void aBodyThatIsTooLargeIsRefused() throws IOException {
        String body = "a=" + "b".repeat(RpcServerOptions.BODY_LIMIT);
        assertRefused(send(form("application/x-www-form-urlencoded", body)), 413, "RequestEntityTooLarge");
    }

    @Test
    void aRefusedRequestDoesNotEndTheServer() throws IOException {
        RawHttp refused = send("this is no HTTP\r\n\r\n");
        assertEquals(400, refused.status());
        assertEquals(200, send(new SignedRequests.Acs3().http()).status());
    }

    @Test
    void hangingUpClosesTheConnectionWithoutAnAnswer() throws IOException {
        SignedRequests.Acs3 request = new SignedRequests.Acs3();
        request.action = "HangUp";

        assertEquals(new RawHttp(0, "", ""), send(request.http()));
        assertEquals(1, echo.reached.size());
    }

    @Test
    void aServerThatIsToCloseAnswersAndEndsItsConnections() throws IOException {
        String http = new SignedRequests.Acs3().http();
        assertFalse(send(http).head().toLowerCase(Locale.ROOT).contains("connection: close"));

        server.announceClose();

        RawHttp answer = send(new SignedRequests.Acs3().http());
        assertEquals(200, answer.status());
        assertTrue(answer.head().toLowerCase(Locale.ROOT).contains("connection: close"), answer.head());
    }

    @Test
    void aClosingServerAnswersWhatItHasBegunAndRefusesTheRest() throws Exception {
        SignedRequests.Acs3 request = new SignedRequests.Acs3();
        request.action = "Wait";
        String http = request.http();
        CompletableFuture<RawHttp> begun = new CompletableFuture<>();
        Thread caller = new Thread(() -> {
            try {
                begun.complete(send(http));
            } catch (IOException e) {
                begun.completeExceptionally(e);
            }
        });
        caller.start();
        echo.waiting.get(SOON.toSeconds(), TimeUnit.SECONDS);

        CompletableFuture<Void> closed = server.close().subscribeAsCompletionStage();
        RawHttp refused = send(new SignedRequests.Acs3().http());
        assertEquals(503, refused.status());
        assertEquals("ServiceUnavailableTemporary", refused.json().path("Code").asText());
        assertFalse(closed.isDone());
        echo.gate.complete(null);

        assertEquals(200, begun.get(SOON.toSeconds(), TimeUnit.SECONDS).status());
        closed.get(SOON.toSeconds(), TimeUnit.SECONDS);
        assertNobodyListens(http);
    }

    /** The JDK lets go of a listening socket at its selector's next turn: who connects until then is not answered. */
    private void assertNobodyListens(String http) {
        Instant deadline = Instant.now().plus(SOON);
        assertThrows(ConnectException.class, () -> {
            while (Instant.now().isBefore(deadline)) {
                assertEquals(new RawHttp(0, "", ""), send(http));
            }
        });
    }

    @Test
    void theOlderGenerationIsAnsweredOverASocket() throws IOException {
        String query = PercentEncoding.canonical(
                SignedRequests.signed("POST", SignedRequests.v1("Echo", Instant.now()), new TreeMap<>()));

        RawHttp answer = RawHttp.exchange(
                port,
                ("POST /?" + query + " HTTP/1.1\r\nHost: h\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                                + "Content-Length: 0\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));

        assertEquals(200, answer.status());
    }
}
