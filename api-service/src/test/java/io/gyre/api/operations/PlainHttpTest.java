package io.gyre.api.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gyre.rpc.AccessKeys;
import io.gyre.rpc.Acs3Signer;
import io.gyre.rpc.RecentNonces;
import io.gyre.rpc.RpcCredentials;
import io.gyre.secret.SecretText;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.HttpServerRequestInternal;
import io.vertx.core.http.impl.HttpServerRequestWrapper;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.Router;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The gate on a server of its own, whose connections come from wherever a test says. */
class PlainHttpTest {
    private static final String ROTATIONS = "/operations/v1/rotations";
    private static final int TLS_PORT = 7644;

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<String> looked = new CopyOnWriteArrayList<>();
    private final List<String> told = new CopyOnWriteArrayList<>();
    private volatile String peer = "127.0.0.1";
    private volatile boolean tls;
    private final URI base = URI.create("http://127.0.0.1:" + serve());

    private int serve() {
        AccessKeys keys = (id, token) -> Uni.createFrom().item(() -> {
            looked.add(id);
            return Optional.empty();
        });
        Router router = Router.router(vertx);
        new OperationsGate(
                        keys,
                        new RecentNonces(InstantSource.system()),
                        InstantSource.system(),
                        (call, fault) -> Uni.createFrom()
                                .item(() -> told.add(call.action() + " " + call.accessKeyId() + " " + fault.code()))
                                .replaceWithVoid(),
                        new RestoreTurn(),
                        TLS_PORT)
                .routes(router);
        router.get("/q/health/live").handler(exchange -> exchange.end("UP"));
        return vertx.createHttpServer()
                .requestHandler(request -> router.handle(new Played(request)))
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join()
                .actualPort();
    }

    @AfterEach
    void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    /** A request that claims what a proxy's headers would, over a connection that knows better. */
    private final class Played extends HttpServerRequestWrapper {
        Played(HttpServerRequest request) {
            super((HttpServerRequestInternal) request);
        }

        @Override
        public SocketAddress remoteAddress() {
            return SocketAddress.inetSocketAddress(50_000, "127.0.0.1");
        }

        @Override
        public boolean isSSL() {
            return true;
        }

        @Override
        public HttpConnection connection() {
            HttpConnection real = super.connection();
            return (HttpConnection) Proxy.newProxyInstance(
                    HttpConnection.class.getClassLoader(),
                    new Class<?>[] {HttpConnection.class},
                    (proxy, method, arguments) -> {
                        if (method.getName().equals("isSsl")) {
                            return tls;
                        }
                        if (method.getName().equals("remoteAddress")) {
                            return SocketAddress.inetSocketAddress(50_000, peer);
                        }
                        try {
                            return method.invoke(real, arguments);
                        } catch (InvocationTargetException failure) {
                            throw failure.getCause();
                        }
                    });
        }
    }

    private HttpResponse<String> signed(String method, String body, Map<String, String> more) throws Exception {
        URI uri = base.resolve(ROTATIONS);
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).method(method, BodyPublishers.ofString(body));
        Acs3Signer.headers(
                        method,
                        uri,
                        Map.of("content-type", "application/json"),
                        body.getBytes(StandardCharsets.UTF_8),
                        new RpcCredentials("LTAIoperator", SecretText.of("hidden")),
                        Instant.now())
                .forEach((name, value) -> {
                    // The client writes it, the same one.
                    if (!name.equals("host")) {
                        request.header(name, value);
                    }
                });
        more.forEach(request::header);
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private void assertRefused(HttpResponse<String> answer) throws Exception {
        assertEquals(403, answer.statusCode(), answer.body());
        assertEquals(Optional.of("application/problem+json"), answer.headers().firstValue("content-type"));
        JsonNode problem = new ObjectMapper().readTree(answer.body());
        assertEquals("urn:gyre:problem:PlainHttp", problem.path("type").asText());
        assertEquals(
                "The operations API takes plain HTTP from its own machine alone, since others could listen: use https at"
                        + " port 7644 (GYRE_OPS_TLS_PORT), which it serves with GYRE_OPS_TLS_CERTIFICATE and"
                        + " GYRE_OPS_TLS_KEY, and take another passphrase if you sent one.",
                problem.path("detail").asText());
        assertEquals(List.of(), looked, "no signature is looked at");
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.7", "203.0.113.9", "172.17.0.1", "fd00::7", "128.0.0.1"})
    void whatOthersCanOverhearIsRefusedUnread(String from) throws Exception {
        peer = from;
        assertRefused(signed("GET", "", Map.of()));
        assertEquals(List.of("GET /operations/v1/rotations null PlainHttp"), told);
    }

    /** The second one comes over the same connection. */
    @Test
    void aBodyThatIsNotReadIsInNobodysWay() throws Exception {
        peer = "10.0.0.7";
        assertRefused(signed("POST", "x".repeat(1024 * 1024), Map.of()));
        assertRefused(signed("POST", "{}", Map.of()));
    }

    @Test
    void noHeaderMakesACallerLookLocal() throws Exception {
        peer = "10.0.0.7";
        assertRefused(signed(
                "GET",
                "",
                Map.of(
                        "X-Forwarded-For", "127.0.0.1",
                        "X-Forwarded-Proto", "https",
                        "X-Forwarded-Ssl", "on",
                        "X-Forwarded-Host", "localhost",
                        "X-Real-IP", "127.0.0.1",
                        "Forwarded", "for=127.0.0.1;proto=https")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.0.0.2", "::1"})
    void fromTheMachineItselfTheSignatureDecides(String from) throws Exception {
        peer = from;
        assertEquals(401, signed("GET", "", Map.of()).statusCode());
        assertEquals(List.of("LTAIoperator"), looked);
    }

    @Test
    void overTlsTheSignatureDecidesFromAnywhere() throws Exception {
        peer = "203.0.113.9";
        tls = true;
        assertEquals(401, signed("GET", "", Map.of()).statusCode());
        assertEquals(List.of("LTAIoperator"), looked);
    }

    @Test
    void probesAskForHealthFromElsewhere() throws Exception {
        peer = "10.0.0.7";
        HttpResponse<String> health =
                http.send(HttpRequest.newBuilder(base.resolve("/q/health/live")).build(), BodyHandlers.ofString());
        assertEquals("200 UP", health.statusCode() + " " + health.body());
    }
}
