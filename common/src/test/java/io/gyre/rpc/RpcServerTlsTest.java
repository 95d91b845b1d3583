package io.gyre.rpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gyre.secret.SecretText;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RpcServerTlsTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String PASSWORD = "changeit";

    private final Vertx vertx = Vertx.vertx();
    private final EchoGateway echo = new EchoGateway();
    private RpcServer server;
    private int port;

    @BeforeEach
    void start(@TempDir Path folder) throws IOException, InterruptedException {
        Path store = folder.resolve("server.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "server",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertTrue(keytool.waitFor(60, TimeUnit.SECONDS) && keytool.exitValue() == 0);
        ServerTls tls = new ServerTls.Pkcs12(store, SecretText.of(PASSWORD));
        server = new RpcServer(vertx, new RpcServerOptions("127.0.0.1", 0, tls, 1), echo.at(InstantSource.system()));
        port = server.start().await().atMost(SOON);
    }

    @AfterEach
    void stop() {
        server.close().await().atMost(SOON);
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private record Answer(HttpVersion version, int status, String body) {}

    private Answer send(HttpClientOptions options, SignedRequests.Acs3 request) {
        return send(options, connection -> {}, request);
    }

    private Answer send(HttpClientOptions options, Handler<HttpConnection> connected, SignedRequests.Acs3 request) {
        request.host = "127.0.0.1:" + port;
        RequestOptions target = new RequestOptions()
                .setMethod(HttpMethod.valueOf(request.method))
                .setSsl(true)
                .setHost("127.0.0.1")
                .setPort(port)
                .setURI("/?" + request.query);
        request.headers().forEach((name, value) -> {
            if (!name.equals("host")) {
                target.putHeader(name, value);
            }
        });
        return vertx.httpClientBuilder()
                .with(options.setSsl(true).setTrustAll(true).setVerifyHost(false))
                .withConnectHandler(connected)
                .build()
                .request(target)
                .compose(sent -> sent.send(Buffer.buffer(request.body)))
                .compose(RpcServerTlsTest::answer)
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    private static Future<Answer> answer(HttpClientResponse response) {
        return response.body().map(body -> new Answer(response.version(), response.statusCode(), body.toString()));
    }

    private static HttpClientOptions http2() {
        return new HttpClientOptions().setProtocolVersion(HttpVersion.HTTP_2).setUseAlpn(true);
    }

    @Test
    void http2SignsItsAuthorityAsTheHost() {
        SignedRequests.Acs3 request = new SignedRequests.Acs3();
        request.query = "SecretName=s";

        Answer answer = send(http2(), request);

        assertEquals(200, answer.status(), answer.body());
        assertEquals(HttpVersion.HTTP_2, answer.version());
        assertTrue(echo.reached.get(0).secure());
    }

    @Test
    void overHttp2AServerThatIsToCloseAnswersAndAsksForNoMoreStreams() {
        server.announceClose();
        CompletableFuture<Long> told = new CompletableFuture<>();

        Answer answer = send(
                http2(),
                connection -> connection.goAwayHandler(goAway -> told.complete(goAway.getErrorCode())),
                new SignedRequests.Acs3());

        assertEquals(200, answer.status(), answer.body());
        assertEquals(0, told.orTimeout(SOON.toSeconds(), TimeUnit.SECONDS).join());
    }

    @Test
    void http11IsServedOverTlsToo() {
        Answer answer = send(new HttpClientOptions(), new SignedRequests.Acs3());

        assertEquals(200, answer.status(), answer.body());
        assertEquals(HttpVersion.HTTP_1_1, answer.version());
    }

    @Test
    void aLineThatIsTooLongForHttp2IsRefusedAsJson() {
        SignedRequests.Acs3 request = new SignedRequests.Acs3();
        request.query = "a=" + "b".repeat(RpcServerOptions.REQUEST_LINE_LIMIT);

        Answer answer = send(http2(), request);

        assertEquals(414, answer.status());
        assertTrue(answer.body().contains("\"Code\":\"RequestUriTooLarge\""));
        assertTrue(echo.reached.isEmpty());
    }

    @Test
    void olderTlsIsNotSpoken() {
        HttpClientOptions old = new HttpClientOptions().setEnabledSecureTransportProtocols(Set.of("TLSv1.1"));

        assertThrows(CompletionException.class, () -> send(old, new SignedRequests.Acs3()));
        assertTrue(echo.reached.isEmpty());
    }
}
