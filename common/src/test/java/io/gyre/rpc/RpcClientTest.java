package io.gyre.rpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.gyre.secret.SecretText;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RpcClientTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    private final Vertx vertx = Vertx.vertx();
    private final RpcClient client = new RpcClient(vertx, InstantSource.system());
    private final EchoGateway echo = new EchoGateway();

    @AfterEach
    void stop() {
        client.close().await().atMost(SOON);
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private int server() {
        return new RpcServer(vertx, RpcServerOptions.plain("127.0.0.1", 0), echo.at(InstantSource.system()))
                .start()
                .await()
                .atMost(SOON);
    }

    private int httpServer(Consumer<HttpServerRequest> handler) {
        return vertx.createHttpServer()
                .requestHandler(handler::accept)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join()
                .actualPort();
    }

    private JsonNode call(int port, String action, Map<String, String> parameters, Duration timeout) {
        return client.call(new RpcCall(
                        URI.create("http://127.0.0.1:" + port),
                        SignedRequests.VERSION,
                        action,
                        new TreeMap<>(parameters),
                        new RpcCredentials(SignedRequests.KEY_ID, SecretText.of(SignedRequests.SECRET)),
                        timeout))
                .await()
                .atMost(SOON);
    }

    @Test
    void aCallIsSignedAndAnswered() {
        JsonNode answer = call(server(), "Echo", Map.of("Password", "a b+c%é*~", "Empty", ""), SOON);

        assertEquals("a b+c%é*~", answer.path("Password").asText());
        assertEquals("", answer.path("Empty").asText("absent"));
        assertFalse(answer.path("RequestId").asText().isEmpty());
    }

    @Test
    void aRefusalIsAFaultWithItsCode() {
        int port = server();
        RpcFault fault = assertThrows(RpcFault.class, () -> call(port, "Refuse", Map.of(), SOON));

        assertEquals(409, fault.status());
        assertEquals("Rejected.ResourceInUse", fault.code());
        assertEquals("Bitte später", fault.text());
        assertEquals("a<b", fault.details().get("Hint"));
    }

    @Test
    void aRefusedConnectionWasNotSent() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        RpcNotSent failure = assertThrows(RpcNotSent.class, () -> call(free, "Echo", Map.of(), SOON));
        assertTrue(String.valueOf(failure.getMessage()).startsWith("Echo at http://127.0.0.1:" + free));
    }

    @Test
    void anUnknownHostWasNotSent() {
        RpcCall call = new RpcCall(
                URI.create("http://no-such-host.invalid"),
                SignedRequests.VERSION,
                "Echo",
                new TreeMap<>(),
                new RpcCredentials("id", SecretText.of("secret")),
                SOON);
        assertThrows(RpcNotSent.class, () -> client.call(call).await().atMost(SOON));
    }

    @Test
    void aConnectionThatBreaksAfterSendingIsUnclear() {
        int port = server();
        assertThrows(RpcUnclear.class, () -> call(port, "HangUp", Map.of(), SOON));
        assertEquals(1, echo.reached.size(), "it is not repeated by itself");
    }

    @Test
    void anAnswerThatDoesNotComeIsUnclear() {
        int port = httpServer(request -> {});
        assertThrows(RpcUnclear.class, () -> call(port, "Echo", Map.of(), Duration.ofMillis(200)));
    }

    @Test
    void anAnswerWithoutACodeIsUnclear() {
        int html = httpServer(request -> request.response().setStatusCode(502).end("<html>Bad gateway</html>"));
        assertThrows(RpcUnclear.class, () -> call(html, "Echo", Map.of(), SOON));
        int moved = httpServer(request ->
                request.response().setStatusCode(302).putHeader("Location", "/").end("{}"));
        assertThrows(RpcUnclear.class, () -> call(moved, "Echo", Map.of(), SOON));
        int nothing =
                httpServer(request -> request.response().setStatusCode(200).end());
        assertThrows(RpcUnclear.class, () -> call(nothing, "Echo", Map.of(), SOON));
    }

    @Test
    void nothingOfACallIsPrinted() {
        RpcCall call = new RpcCall(
                URI.create("http://127.0.0.1:1"),
                SignedRequests.VERSION,
                "Echo",
                new TreeMap<>(Map.of("Password", "hunter2")),
                new RpcCredentials("id", SecretText.of("hunter2")),
                SOON);
        assertFalse((call + " " + call.credentials()).contains("hunter2"));
    }
}
