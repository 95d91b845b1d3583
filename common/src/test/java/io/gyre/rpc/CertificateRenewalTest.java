package io.gyre.rpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.core.net.SelfSignedCertificate;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CertificateRenewalTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    private final Vertx vertx = Vertx.vertx();
    private Path certificate;
    private Path key;
    private RpcServer server;
    private CertificateRenewal renewal;
    private int port;
    private long changes;

    @BeforeEach
    void start(@TempDir Path folder) throws IOException {
        certificate = folder.resolve("certificate.pem");
        key = folder.resolve("key.pem");
        SelfSignedCertificate first = SelfSignedCertificate.create("first");
        put(first.certificatePath(), certificate);
        put(first.privateKeyPath(), key);
        ServerTls.Pem tls = new ServerTls.Pem(certificate, key);
        server = new RpcServer(
                vertx, new RpcServerOptions("127.0.0.1", 0, tls, 1), new EchoGateway().at(InstantSource.system()));
        port = server.start().await().atMost(SOON);
        renewal = new CertificateRenewal(vertx, tls, List.of(server));
    }

    @AfterEach
    void stop() {
        server.close().await().atMost(SOON);
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    /** Each at another second, however soon after the other. */
    private void put(String from, Path to) throws IOException {
        Files.copy(Path.of(from), to, StandardCopyOption.REPLACE_EXISTING);
        Files.setLastModifiedTime(to, FileTime.from(Instant.now().plusSeconds(++changes)));
    }

    private boolean look() {
        return renewal.look().await().atMost(SOON);
    }

    /** Whoever connects now sees this one. */
    private String served() throws Exception {
        try (SSLSocket socket = connect()) {
            socket.startHandshake();
            X509Certificate shown = (X509Certificate) socket.getSession().getPeerCertificates()[0];
            return shown.getSubjectX500Principal().getName();
        }
    }

    private SSLSocket connect() throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new Trusting()}, null);
        return (SSLSocket) context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
    }

    @Test
    void aRenewedCertificateIsServedWithoutARestart() throws Exception {
        assertEquals("CN=first", served());
        assertFalse(look(), "nothing was renewed");
        SelfSignedCertificate second = SelfSignedCertificate.create("second");
        put(second.privateKeyPath(), key);
        put(second.certificatePath(), certificate);
        assertTrue(look());
        assertEquals("CN=second", served());
        assertFalse(look(), "it is served already");
    }

    @Test
    void whatDoesNotBelongTogetherOrIsNoneIsNotServed() throws Exception {
        SelfSignedCertificate second = SelfSignedCertificate.create("second");
        put(second.certificatePath(), certificate);
        assertFalse(look());
        assertEquals("CN=first", served());
        Files.writeString(key, "no key");
        assertFalse(look());
        assertEquals("CN=first", served());
        put(second.privateKeyPath(), key);
        assertTrue(look());
        assertEquals("CN=second", served());
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void bothVersionsAreServedByModernSuites(String version) throws Exception {
        try (SSLSocket socket = connect()) {
            socket.setEnabledProtocols(new String[] {version});
            socket.startHandshake();
            assertEquals(version, socket.getSession().getProtocol());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "TLS_RSA_WITH_AES_256_GCM_SHA384",
                "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384",
                "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA",
                "TLS_DHE_RSA_WITH_AES_256_GCM_SHA384",
            })
    void anElderSuiteIsRefused(String suite) throws Exception {
        try (SSLSocket socket = connect()) {
            socket.setEnabledProtocols(new String[] {"TLSv1.2"});
            socket.setEnabledCipherSuites(new String[] {suite});
            assertThrows(SSLHandshakeException.class, socket::startHandshake);
        }
    }

    private static final class Trusting implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
