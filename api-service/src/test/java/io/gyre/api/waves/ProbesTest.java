package io.gyre.api.waves;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.net.httpserver.HttpServer;
import io.gyre.api.campaign.Probe;
import io.gyre.api.outgoing.OutgoingAddress;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.VertxContextSupport;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ProbesTest {
    @Inject
    Probes probes;

    private final AtomicInteger asked = new AtomicInteger();
    private HttpServer server;

    @BeforeEach
    void serve() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.incrementAndGet();
            String path = exchange.getRequestURI().getPath();
            exchange.getResponseHeaders().set("Location", "/200");
            exchange.sendResponseHeaders(Integer.parseInt(path.substring(1)), -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private Probe ask(String url) throws Throwable {
        return VertxContextSupport.subscribeAndAwait(
                () -> probes.ask(OutgoingAddress.of(url).orElseThrow()));
    }

    private Probe status(int status) throws Throwable {
        return ask("http://127.0.0.1:" + server.getAddress().getPort() + "/" + status);
    }

    @Test
    void only2xxIsGreen() throws Throwable {
        assertEquals(Probe.GREEN, status(200));
        assertEquals(Probe.GREEN, status(204));
        assertEquals(Probe.red("answered 404"), status(404));
        assertEquals(Probe.red("answered 503"), status(503));
    }

    @Test
    void aRedirectIsFollowedNowhere() throws Throwable {
        assertEquals(Probe.red("answered 302"), status(302));
        assertEquals(1, asked.get());
    }

    @Test
    void aNameIsAskedAtTheAddressThatItStandsFor() throws Throwable {
        assertEquals(Probe.GREEN, ask("http://localhost:" + server.getAddress().getPort() + "/200"));
    }

    @Test
    void whereNobodyListensOrAnswersItIsRed() throws Throwable {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String url = "http://127.0.0.1:" + silent.getLocalPort() + "/";
            assertEquals(Probe.Colour.RED, ask(url).colour());
            silent.close();
            assertEquals(Probe.red("could not be reached"), ask(url));
        }
    }

    /** It answers 200 there to whoever trusts its authority, which the JVM does not. */
    @Test
    void aCertificateThatNobodyVouchesForIsRed() throws Throwable {
        int port = URI.create(ConfigProvider.getConfig().getValue("test.url.ssl", String.class))
                .getPort();
        assertEquals(Probe.red("could not be reached"), ask("https://localhost:" + port + "/q/health/live"));
    }

    @Test
    void whoSpeaksNoTlsIsRed() throws Throwable {
        assertEquals(
                Probe.Colour.RED,
                ask("https://127.0.0.1:" + server.getAddress().getPort() + "/200")
                        .colour());
        assertEquals(0, asked.get());
    }
}
