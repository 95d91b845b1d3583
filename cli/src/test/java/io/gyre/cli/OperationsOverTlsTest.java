package io.gyre.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.gyre.platform.tls.LocalAuthority;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The operators' commands against a server whose certificate is by a private authority. */
class OperationsOverTlsTest {
    private static final char[] PASSWORD = "changeit".toCharArray();

    /** A certificate lives for 397 days. */
    private static final Duration AGE = Duration.ofDays(10 - 397);

    @TempDir
    private Path folder;

    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<HttpsServer> servers = new ArrayList<>();
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final ByteArrayOutputStream complained = new ByteArrayOutputStream();
    private final PrintStream out = System.out;
    private final PrintStream err = System.err;

    @BeforeEach
    void listen() throws IOException {
        System.setOut(new PrintStream(written, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(complained, true, StandardCharsets.UTF_8));
        Files.writeString(folder.resolve("key"), "AccessKeyId=LTAIoperator\nAccessKeySecret=hidden\n");
    }

    @AfterEach
    void stop() {
        servers.forEach(server -> server.stop(0));
        System.setOut(out);
        System.setErr(err);
    }

    private String serve(KeyStore identity) throws IOException, GeneralSecurityException {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(identity, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.createContext("/", exchange -> {
            requests.add(exchange.getRequestURI().toString());
            byte[] body = "{\"orphans\":[]}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        servers.add(server);
        server.start();
        return "https://127.0.0.1:" + server.getAddress().getPort();
    }

    private LocalAuthority authority(String name, InstantSource clock) {
        Path own = folder.resolve(name);
        return LocalAuthority.in(own, own.resolve("server.key"), clock);
    }

    private static KeyStore identity(LocalAuthority authority) throws IOException, GeneralSecurityException {
        String key = Files.readString(authority.serverKey()).replaceAll("-----[A-Z ]+-----|\\s", "");
        KeyStore identity = KeyStore.getInstance(KeyStore.getDefaultType());
        identity.load(null, null);
        try (InputStream pem = Files.newInputStream(authority.serverCertificate())) {
            identity.setKeyEntry(
                    "server",
                    KeyFactory.getInstance("EC")
                            .generatePrivate(
                                    new PKCS8EncodedKeySpec(Base64.getDecoder().decode(key))),
                    PASSWORD,
                    new Certificate[] {CertificateFactory.getInstance("X.509").generateCertificate(pem)});
        }
        return identity;
    }

    /** Its own authority, for another name than that under which it is asked; the JDK's keytool makes such ones. */
    private KeyStore named(String name) throws IOException, InterruptedException, GeneralSecurityException {
        Path store = folder.resolve(name + ".p12");
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        String made = output(new ProcessBuilder(
                keytool,
                "-genkeypair",
                "-alias",
                name,
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + name,
                "-ext",
                "SAN=dns:" + name,
                "-storetype",
                "PKCS12",
                "-storepass",
                new String(PASSWORD),
                "-keystore",
                store.toString()));
        assertTrue(Files.exists(store), made);
        return KeyStore.getInstance(store.toFile(), PASSWORD);
    }

    private static String output(ProcessBuilder program) throws IOException, InterruptedException {
        Process process = program.redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return process.waitFor() + " " + output;
    }

    private Path pem(KeyStore of, String alias) throws IOException, GeneralSecurityException {
        return Files.writeString(
                folder.resolve(alias + ".pem"),
                "-----BEGIN CERTIFICATE-----\n"
                        + Base64.getMimeEncoder(64, new byte[] {'\n'})
                                .encodeToString(of.getCertificate(alias).getEncoded())
                        + "\n-----END CERTIFICATE-----\n");
    }

    private String[] orphans(String endpoint, String... more) {
        List<String> line =
                new ArrayList<>(List.of("orphans", "--endpoint=" + endpoint, "--key-file=" + folder.resolve("key")));
        line.addAll(List.of(more));
        return line.toArray(String[]::new);
    }

    private void assertNothingSent(String complaint, String... line) {
        assertEquals(1, Main.run(line));
        assertEquals("gyre: " + complaint + "\n", complained.toString(StandardCharsets.UTF_8));
        assertEquals(List.of(), requests);
    }

    @Test
    void aServerWhosePrivateAuthorityIsTrustedIsAsked() throws Exception {
        LocalAuthority authority = authority("own", InstantSource.system());
        String endpoint = serve(identity(authority));

        assertEquals(
                0,
                Main.run(orphans(endpoint, "--authority-file=" + authority.certificate())),
                complained.toString(StandardCharsets.UTF_8));
        assertEquals(List.of("/operations/v1/orphans?limit=200"), requests);
    }

    @Test
    void oneOfMoreAuthoritiesInTheFileIsEnough() throws Exception {
        LocalAuthority authority = authority("own", InstantSource.system());
        Path both =
                Files.writeString(
                        folder.resolve("both.pem"),
                        "# Both\n"
                                + Files.readString(authority("other", InstantSource.system())
                                        .certificate()) + Files.readString(authority.certificate()));

        assertEquals(0, Main.run(orphans(serve(identity(authority)), "--authority-file=" + both)));
    }

    @Test
    void theDoctorTellsHowLongTheCertificateLivesAndWhetherItIsBelieved() throws Exception {
        LocalAuthority fresh = authority("fresh", InstantSource.system());
        LocalAuthority ageing = authority("ageing", InstantSource.offset(InstantSource.system(), AGE));
        assertTrue(
                doctor(fresh, fresh).contains("is trusted and valid for "), written.toString(StandardCharsets.UTF_8));
        assertTrue(doctor(ageing, ageing).contains("valid for 9 days.\n"));
        assertTrue(doctor(ageing, ageing).contains("Do: Renew it"));
        assertTrue(doctor(fresh, ageing).contains("is by no authority that is trusted here"));
    }

    private String doctor(LocalAuthority served, LocalAuthority believed) throws Exception {
        written.reset();
        assertEquals(
                10,
                Main.run(
                        "doctor",
                        "--endpoint=" + serve(identity(served)),
                        "--key-file=" + folder.resolve("key"),
                        "--authority-file=" + believed.certificate()));
        return written.toString(StandardCharsets.UTF_8);
    }

    /** In a process of its own, since no other has another environment. */
    @Test
    void theEnvironmentNamesTheAuthoritiesToo() throws Exception {
        LocalAuthority authority = authority("own", InstantSource.system());
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        line.addAll(List.of(orphans(serve(identity(authority)))));
        ProcessBuilder program = new ProcessBuilder(line);
        program.environment().put("GYRE_AUTHORITY_FILE", authority.certificate().toString());

        assertTrue(output(program).startsWith("0 "));
        assertEquals(List.of("/operations/v1/orphans?limit=200"), requests);
    }

    @Test
    void whomNobodyTrustsIsToldNothing() throws Exception {
        String endpoint = serve(identity(authority("own", InstantSource.system())));
        String complaint = "The certificate of " + endpoint
                + " is by no authority that is trusted here, and nothing was sent: name the file of its authority with"
                + " --authority-file.";

        assertNothingSent(complaint, orphans(endpoint));
        complained.reset();
        Path another = authority("other", InstantSource.system()).certificate();
        assertNothingSent(complaint, orphans(endpoint, "--authority-file=" + another));
    }

    @Test
    void aServerUnderAnotherNameIsToldNothing() throws Exception {
        KeyStore other = named("gyre.example");
        String endpoint = serve(other);

        assertNothingSent(
                "The certificate of " + endpoint
                        + " is not for 127.0.0.1, and nothing was sent: name the server with --endpoint as its"
                        + " certificate does.",
                orphans(endpoint, "--authority-file=" + pem(other, "gyre.example")));
    }

    @Test
    void anExpiredCertificateIsNotBelieved() throws Exception {
        LocalAuthority expired = authority("old", Clock.offset(Clock.systemUTC(), Duration.ofDays(-500)));
        String endpoint = serve(identity(expired));

        assertNothingSent(
                "The certificate of " + endpoint
                        + " is not valid today, and nothing was sent: give the server another one, or set this machine's"
                        + " clock.",
                orphans(endpoint, "--authority-file=" + expired.certificate()));
    }

    @Test
    void aFileWithoutCertificatesIsNamed() throws Exception {
        Path missing = folder.resolve("missing.pem");
        assertNothingSent(
                "The authorities' certificates in " + missing
                        + " cannot be read: name a file that can with --authority-file.",
                orphans("https://127.0.0.1:1", "--authority-file=" + missing));
        LocalAuthority authority = authority("own", InstantSource.system());
        Path prose = Files.writeString(folder.resolve("prose.pem"), "No certificate.\n");
        Path nothing = Files.writeString(folder.resolve("nothing.pem"), "");
        Path broken = Files.writeString(
                folder.resolve("broken.pem"), "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
        for (Path file : List.of(prose, nothing, broken, authority.serverKey())) {
            complained.reset();
            assertNothingSent(
                    file + " holds no certificate in PEM (-----BEGIN CERTIFICATE-----): name the file of the server's"
                            + " authority with --authority-file.",
                    orphans("https://127.0.0.1:1", "--authority-file=" + file));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gyre.example", "10.0.0.7", "localhost.evil.example", "[2001:db8::7]"})
    void nothingIsSentWhereOthersCouldListen(String host) {
        assertNothingSent(
                "By plain HTTP others could listen on the way to " + host
                        + ", and nothing was sent: name its https:// address with --endpoint, at the port of"
                        + " GYRE_OPS_TLS_PORT (7644).",
                orphans("http://" + host + ":7601"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gyre.example:7644", "ftp://gyre.example", "https:///operations", "7644"})
    void whatIsNoAddressIsNamed(String endpoint) {
        assertNothingSent(
                "\"" + endpoint
                        + "\" is no address of an operations API: name one with --endpoint such as https://gyre.example:7644.",
                orphans(endpoint));
    }

    @Test
    void aServerThatSpeaksNoTlsIsToldNothing() throws Exception {
        try (ServerSocket plain = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Void> answered = CompletableFuture.runAsync(() -> refuseAsPlainHttp(plain));
            String endpoint = "https://127.0.0.1:" + plain.getLocalPort();

            assertEquals(1, Main.run(orphans(endpoint)));

            String complaint = complained.toString(StandardCharsets.UTF_8);
            assertTrue(
                    complaint.startsWith(
                            "gyre: No TLS 1.2 or 1.3 could be spoken with " + endpoint + ", and nothing was sent ("),
                    complaint);
            answered.join();
        }
    }

    private static void refuseAsPlainHttp(ServerSocket server) {
        try (Socket client = server.accept()) {
            client.getInputStream().readNBytes(5);
            client.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            client.shutdownOutput();
            client.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
