package io.gyre.deployment;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gyre.envelope.RootKey;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MakeSecretsTest {
    @TempDir
    private Path scratch;

    private MadeSecrets made;

    @BeforeEach
    void makeSome() throws IOException, InterruptedException {
        made = MadeSecrets.in(scratch.resolve("secrets"));
        assertEquals(0, made.status(), made.output());
    }

    @Test
    void nobodyElseCanReachThem() throws IOException {
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(made.folder())));
        for (String file :
                new String[] {"root-key", "api-key.pem", "api.properties", "worker.properties", "simulator.properties"
                }) {
            assertEquals(
                    "rw-------",
                    PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(made.folder().resolve(file))),
                    file);
        }
    }

    @Test
    void theRootKeyIsOneThatTheProcessesAccept() {
        assertDoesNotThrow(() -> RootKey.inFile(made.folder().resolve("root-key")));
    }

    @Test
    void bothEndsOfEachConnectionGetTheSameSecret() throws IOException {
        Map<String, String> roles = Map.of(
                "gyre", made.properties("api.properties").getProperty("gyre.db.owner-password"),
                "gyre_api", made.properties("api.properties").getProperty("gyre.db.password"),
                "gyre_worker", made.properties("worker.properties").getProperty("gyre.db.password"));
        String statements = made.text("roles.sql");
        roles.forEach((role, password) ->
                assertTrue(statements.contains("CREATE ROLE " + role + " LOGIN PASSWORD '" + password + "';"), role));
        assertEquals(3, Set.copyOf(roles.values()).size(), "each role has a password of its own");
        assertEquals(
                made.text("cloud-db-password"),
                made.properties("simulator.properties").getProperty("gyre.simulator.db.password"));
        for (String half : new String[] {"access-key-id", "access-key-secret"}) {
            assertEquals(
                    made.properties("simulator.properties").getProperty("gyre.simulator." + half),
                    made.properties("worker.properties").getProperty("gyre.cloud." + half),
                    half);
        }
    }

    @Test
    void theCertificateIsForWhereTheApiIsCalled() throws Exception {
        X509Certificate certificate;
        try (InputStream file = Files.newInputStream(made.folder().resolve("api-certificate.pem"))) {
            certificate =
                    (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(file);
        }
        certificate.checkValidity();
        certificate.verify(certificate.getPublicKey());
        Set<Object> names = new HashSet<>();
        certificate.getSubjectAlternativeNames().forEach(name -> names.add(name.get(1)));
        assertTrue(names.containsAll(Set.of("localhost", "127.0.0.1", "api-service")), names.toString());
    }

    @Test
    void twoRunsShareNothing() throws IOException, InterruptedException {
        MadeSecrets other = MadeSecrets.in(scratch.resolve("others"));
        for (String file : new String[] {
            "root-key", "api-key.pem", "db-password", "roles.sql", "cloud-db-password", "simulator.properties"
        }) {
            assertNotEquals(made.text(file), other.text(file), file);
        }
    }

    @Test
    void nothingIsEverWrittenOver() throws IOException, InterruptedException {
        String before = made.text("root-key");
        MadeSecrets again = MadeSecrets.in(made.folder());
        assertEquals(1, again.status());
        assertTrue(again.output().contains("exists"), again.output());
        assertEquals(before, made.text("root-key"));
    }
}
