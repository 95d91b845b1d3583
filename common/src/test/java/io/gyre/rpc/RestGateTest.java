package io.gyre.rpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gyre.secret.SecretText;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RestGateTest {
    private static final int LIMIT = 1000;
    private static final SecretText SECRET = SecretText.of("testsecret");
    private static final String JSON = "{\"seconds\":600}";

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient http = HttpClient.newHttpClient();
    private final List<String> told = new CopyOnWriteArrayList<>();
    private boolean active = true;
    private final URI base = URI.create("http://127.0.0.1:" + serve());

    @AfterEach
    void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    /** Answers 200 with whoever signed and the body as it was read, or what was refused. */
    private int serve() {
        AccessKeys keys = (id, token) -> Uni.createFrom()
                .item(
                        id.equals("testid")
                                ? Optional.of(new AccessKey(id, SECRET, active, "1", "root"))
                                : Optional.empty());
        RestGate gate = new RestGate(
                keys,
                new RecentNonces(InstantSource.system()),
                InstantSource.system(),
                (call, fault) -> Uni.createFrom()
                        .item(() -> told.add(
                                call.requestId() + " " + call.accessKeyId() + " " + call.action() + " " + fault.code()))
                        .replaceWithVoid());
        return vertx.createHttpServer()
                .requestHandler(request -> answer(gate, request))
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join()
                .actualPort();
    }

    private void answer(RestGate gate, HttpServerRequest request) {
        Context context = vertx.getOrCreateContext();
        gate.admit(request, "request-1", LIMIT, task -> context.runOnContext(run -> task.run()))
                .subscribe()
                .with(
                        admitted -> request.response().end(admitted.caller().id() + " " + admitted.body()),
                        failure -> request.response()
                                .setStatusCode(((RpcFault) failure).status())
                                .end(((RpcFault) failure).code()));
    }

    private SortedMap<String, String> signed(String method, String path, String body, Instant date) {
        return Acs3Signer.headers(
                method,
                base.resolve(path),
                Map.of("content-type", "application/json"),
                body.getBytes(StandardCharsets.UTF_8),
                new RpcCredentials("testid", SECRET),
                date);
    }

    private String send(String method, String path, String body, Map<String, String> headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(base.resolve(path)).method(method, HttpRequest.BodyPublishers.ofString(body));
        headers.forEach((name, value) -> {
            if (!name.equals("host")) {
                request.header(name, value);
            }
        });
        HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        return answer.statusCode() + " " + answer.body();
    }

    @Test
    void aSignedRequestIsItsSignersWithTheBodyAsItCame() throws Exception {
        assertEquals(
                "200 testid " + JSON,
                send("POST", "/a/b?c=d%2Fe", JSON, signed("POST", "/a/b?c=d%2Fe", JSON, Instant.now())));
        assertEquals("200 testid ", send("GET", "/a", "", signed("GET", "/a", "", Instant.now())));
    }

    /** What a proxy before the gate may have taken for the refused request's body is no request here. */
    @Test
    void nothingIsServedThatCameBehindABodyOfUnclearEnd() throws Exception {
        StringBuilder hidden = new StringBuilder("GET /a HTTP/1.1\r\n");
        signed("GET", "/a", "", Instant.now())
                .forEach((name, value) ->
                        hidden.append(name).append(": ").append(value).append("\r\n"));
        String attack = "POST /a HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: xchunked\r\n\r\n" + hidden + "\r\n";

        String answers = RawHttp.untilClosed(base.getPort(), attack.repeat(3));

        assertEquals(1, answers.split("HTTP/1.1", -1).length - 1, answers);
        assertTrue(answers.startsWith("HTTP/1.1 400 "), answers);
    }

    @Test
    void whatWasSignedCannotBeChanged() throws Exception {
        SortedMap<String, String> headers = signed("POST", "/a?c=d", JSON, Instant.now());

        assertEquals("400 SignatureDoesNotMatch", send("POST", "/b?c=d", JSON, headers));
        assertEquals("400 SignatureDoesNotMatch", send("POST", "/a?c=e", JSON, headers));
        assertEquals("400 SignatureDoesNotMatch", send("PUT", "/a?c=d", JSON, headers));
        assertEquals("400 IncompleteSignature", send("POST", "/a?c=d", "{}", headers));
        headers.put("content-type", "text/plain");
        assertEquals("400 SignatureDoesNotMatch", send("POST", "/a?c=d", JSON, headers));
    }

    @Test
    void aSignatureOfTheRpcStyleOpensNoPath() throws Exception {
        SortedMap<String, String> headers = signed("POST", "/", "", Instant.now());

        assertEquals("400 SignatureDoesNotMatch", send("POST", "/a", "", headers));
    }

    @Test
    void anUnsignedRequestIsRefusedAndSoIsOneThatLeavesOutWhatMustBeSigned() throws Exception {
        assertEquals("400 IncompleteSignature", send("GET", "/a", "", Map.of()));
        SortedMap<String, String> headers = signed("GET", "/a", "", Instant.now());
        headers.computeIfPresent("authorization", (name, value) -> value.replace("x-acs-date;", ""));
        assertEquals("400 IncompleteSignature", send("GET", "/a", "", headers));
    }

    @Test
    void aSignatureIsValidForFifteenMinutes() throws Exception {
        Instant past = Instant.now().minus(SignatureClaim.WINDOW).minus(Duration.ofSeconds(5));

        assertEquals("400 InvalidTimeStamp.Expired", send("GET", "/a", "", signed("GET", "/a", "", past)));
    }

    @Test
    void aKeyThatIsUnknownOrDisabledOpensNothing() throws Exception {
        SortedMap<String, String> other = Acs3Signer.headers(
                "GET", base.resolve("/a"), Map.of(), new byte[0], new RpcCredentials("otherid", SECRET), Instant.now());

        assertEquals("404 InvalidAccessKeyId.NotFound", send("GET", "/a", "", other));
        active = false;
        assertEquals("403 InvalidAccessKeyId.Inactive", send("GET", "/a", "", signed("GET", "/a", "", Instant.now())));
        assertEquals(
                List.of(
                        "request-1 otherid GET /a InvalidAccessKeyId.NotFound",
                        "request-1 testid GET /a InvalidAccessKeyId.Inactive"),
                told);
    }

    @Test
    void aBodyBeyondTheLimitIsRefused() throws Exception {
        String large = "x".repeat(LIMIT + 1);

        assertEquals(
                "413 RequestEntityTooLarge", send("POST", "/a", large, signed("POST", "/a", large, Instant.now())));
    }
}
