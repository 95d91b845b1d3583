package io.gyre.platform.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalAuthorityTest {
    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");

    @TempDir
    Path folder;

    @BeforeEach
    void secretsFolder() throws Exception {
        Files.createDirectory(folder.resolve("secrets"));
    }

    @Test
    void whoTrustsTheAuthorityTrustsTheServerAtTheLoopbackAddress() throws Exception {
        LocalAuthority authority = at(NOW);
        X509Certificate server = certificate(authority.serverCertificate());
        PKIXParameters trusted =
                new PKIXParameters(Set.of(new TrustAnchor(certificate(authority.certificate()), null)));
        trusted.setRevocationEnabled(false);
        trusted.setDate(Date.from(NOW));
        CertPathValidator.getInstance("PKIX")
                .validate(CertificateFactory.getInstance("X.509").generateCertPath(List.of(server)), trusted);
        assertEquals(
                Set.of("localhost", "127.0.0.1"),
                server.getSubjectAlternativeNames().stream()
                        .map(name -> name.get(1))
                        .collect(Collectors.toSet()));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(authority.serverKey())));
    }

    @Test
    void aCertificateIsKeptUntilItExpiresSoon() throws Exception {
        String first = Files.readString(at(NOW).certificate());
        assertEquals(first, Files.readString(at(NOW.plus(Duration.ofDays(366))).certificate()));
        assertNotEquals(
                first, Files.readString(at(NOW.plus(Duration.ofDays(368))).certificate()));
    }

    @Test
    void aLostKeyIsReplacedTogetherWithItsCertificates() throws Exception {
        LocalAuthority authority = at(NOW);
        String first = Files.readString(authority.certificate());
        Files.delete(authority.serverKey());
        assertNotEquals(first, Files.readString(at(NOW).certificate()));
    }

    private LocalAuthority at(Instant now) {
        return LocalAuthority.in(
                folder.resolve("tls"), folder.resolve("secrets").resolve("api-tls-key.pem"), InstantSource.fixed(now));
    }

    private static X509Certificate certificate(Path file) throws Exception {
        try (InputStream pem = Files.newInputStream(file)) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(pem);
        }
    }
}
