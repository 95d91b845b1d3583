package io.gyre.api.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gyre.api.testing.Browser;
import io.gyre.api.testing.ConsoleLogin;
import io.gyre.api.testing.OperationsClient;
import io.gyre.rpc.Acs3Signer;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.InputStream;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** By HTTPS from anywhere, by plain HTTP from the machine itself. */
@QuarkusTest
class WaysInTest {
    @Inject
    ConsoleLogin login;

    @Inject
    OperationsClient operations;

    @ConfigProperty(name = "gyre.ops.tls-certificate")
    Path certificate;

    private static String secureOrigin() {
        return ConfigProvider.getConfig().getValue("test.url.ssl", String.class);
    }

    /** Trusts the authority that issued the server's certificate. */
    private SSLContext trusting() throws Exception {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        try (InputStream pem = Files.newInputStream(certificate.resolveSibling("ca.pem"))) {
            trusted.setCertificateEntry(
                    "authority", CertificateFactory.getInstance("X.509").generateCertificate(pem));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    @Test
    void byHttpsSomebodyLogsInAndIsToldToStayThere() throws Exception {
        HttpClient http = HttpClient.newBuilder().sslContext(trusting()).build();
        Browser browser = new Browser(http, secureOrigin());
        String code = login.token(operations.administrator());

        assertEquals(
                "/console/",
                browser.post("/console/login", Map.of("code", code)).location());
        Browser.Answer start = browser.get("/console/").expect(200);
        assertEquals("max-age=31536000", start.header("strict-transport-security"));
        browser.post("/console/logout", Map.of("form", start.field("form")), Map.of("Origin", Browser.origin()))
                .expect(403);
        browser.post("/console/logout", Map.of("form", start.field("form")), Map.of("Origin", secureOrigin()))
                .location();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLS_RSA_WITH_AES_128_GCM_SHA256", "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256"})
    void weakSuitesAreNotSpoken(String suite) {
        assertThrows(SSLHandshakeException.class, () -> handshake("TLSv1.2", suite));
    }

    @ParameterizedTest
    @CsvSource({"TLSv1.2, TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256", "TLSv1.3, TLS_AES_128_GCM_SHA256"})
    void bothVersionsOfTlsAreSpoken(String version, String suite) throws Exception {
        assertEquals(version, handshake(version, suite));
    }

    private String handshake(String version, String suite) throws Exception {
        URI origin = URI.create(secureOrigin());
        try (SSLSocket socket =
                (SSLSocket) trusting().getSocketFactory().createSocket(origin.getHost(), origin.getPort())) {
            socket.setEnabledProtocols(new String[] {version});
            socket.setEnabledCipherSuites(new String[] {suite});
            socket.startHandshake();
            return socket.getSession().getProtocol();
        }
    }

    /** No client of a JDK would still say this hello: it is written byte by byte. */
    @ParameterizedTest
    @CsvSource({"0301, 15, 46", "0302, 15, 46", "0303, 16, "})
    void nothingOlderThanTls12IsSpoken(String version, String record, String alert) throws Exception {
        String random = "5a".repeat(32);
        String suites = "0008" + "c02b" + "c009" + "c013" + "002f";
        String extensions = "0018" + "000a00040002" + "0017" + "000b00020100" + "000d00060004" + "04030203";
        String hello = version + random + "00" + suites + "0100" + extensions;
        String message = "010000" + "%02x".formatted(hello.length() / 2) + hello;
        URI origin = URI.create(secureOrigin());
        try (Socket socket = new Socket(origin.getHost(), origin.getPort())) {
            socket.getOutputStream()
                    .write(HexFormat.of().parseHex("16030100" + "%02x".formatted(message.length() / 2) + message));
            byte[] answer = socket.getInputStream().readNBytes(7);
            assertEquals(record, HexFormat.of().toHexDigits(answer[0]));
            if (alert != null) {
                assertEquals(alert, HexFormat.of().toHexDigits(answer[6]), "protocol_version");
            }
        }
    }

    @Test
    void operationsAreAnsweredByHttps() throws Exception {
        URI uri = URI.create(secureOrigin() + "/operations/v1/orphans");
        HttpRequest.Builder request = HttpRequest.newBuilder(uri);
        Acs3Signer.headers("GET", uri, Map.of(), new byte[0], operations.administrator(), Instant.now())
                .forEach((name, value) -> {
                    // The client writes it, the same one.
                    if (!name.equals("host")) {
                        request.header(name, value);
                    }
                });
        HttpClient http = HttpClient.newBuilder().sslContext(trusting()).build();
        HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
        assertEquals(200, answer.statusCode(), answer.body());
    }

    /** A packet from an address of this machine that is not the loopback's looks as one from elsewhere does. */
    @Test
    void byPlainHttpNobodyComesFromElsewhere() throws Exception {
        Optional<InetAddress> elsewhere = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
                .findFirst();
        assumeTrue(elsewhere.isPresent(), "This machine has no other address than the loopback's.");
        try (Socket socket = new Socket()) {
            socket.bind(new InetSocketAddress(elsewhere.get(), 0));
            socket.connect(new InetSocketAddress(
                    InetAddress.getLoopbackAddress(),
                    URI.create(Browser.origin()).getPort()));
            socket.getOutputStream()
                    .write("GET /console/login HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(answer.startsWith("HTTP/1.1 403 "), answer);
            assertTrue(answer.contains("The console is served by plain HTTP to its own machine alone"), answer);
        }
    }
}
