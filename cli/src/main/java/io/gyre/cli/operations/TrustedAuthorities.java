package io.gyre.cli.operations;

import io.gyre.platform.PlatformException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Whose certificates are believed, instead of those of the authorities that the JDK knows. */
final class TrustedAuthorities {
    private TrustedAuthorities() {}

    /**
     * Believes these and no others.
     *
     * @param file their certificates in PEM, one or more
     * @throws PlatformException if it cannot be read, or holds none
     */
    static SSLContext in(Path file) {
        try {
            KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            for (Certificate each : certificates(file)) {
                trusted.setCertificateEntry(Integer.toString(trusted.size()), each);
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("The JDK cannot be told whom to trust.", e);
        }
    }

    private static Collection<? extends Certificate> certificates(Path file) throws CertificateException {
        CertificateFactory x509 = CertificateFactory.getInstance("X.509");
        Collection<? extends Certificate> found;
        try (InputStream pem = Files.newInputStream(file)) {
            found = x509.generateCertificates(pem);
        } catch (IOException e) {
            throw new PlatformException(
                    "The authorities' certificates in " + file + " cannot be read: name a file that can with"
                            + " --authority-file.",
                    e);
        } catch (CertificateException e) {
            throw new PlatformException(none(file), e);
        }
        if (found.isEmpty()) {
            throw new PlatformException(none(file));
        }
        return found;
    }

    private static String none(Path file) {
        return file
                + " holds no certificate in PEM (-----BEGIN CERTIFICATE-----): name the file of the server's authority with"
                + " --authority-file.";
    }
}
