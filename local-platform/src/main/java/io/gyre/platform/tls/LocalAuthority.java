package io.gyre.platform.tls;

import io.gyre.platform.Home;
import io.gyre.platform.PlatformException;
import io.gyre.platform.PrivateFile;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * Issues the certificate of a local platform's API. Its own key is thrown away as soon as it has signed: whoever trusts
 * it trusts this one certificate and nothing that could be issued later. Both are made anew before they expire.
 *
 * @param certificate what clients trust, in PEM
 * @param serverCertificate the API's, for {@code localhost} and {@code 127.0.0.1}, in PEM
 * @param serverKey its key, PKCS #8 in PEM, mode 0600
 */
public record LocalAuthority(Path certificate, Path serverCertificate, Path serverKey) {

    /** A year and a month. */
    private static final Duration LIFE = Duration.ofDays(397);

    /** A platform that is started less often than this meets an expired certificate. */
    private static final Duration RENEWED_BEFORE = Duration.ofDays(30);

    /** Clocks of a machine and its guests differ a little. */
    private static final Duration BACKDATED = Duration.ofMinutes(5);

    private static final String SIGNATURE = "SHA256withECDSA";
    private static final SecureRandom RANDOM = new SecureRandom();

    /**
     * Those of a platform's folder; made where they are missing or expire soon.
     *
     * @param folder for the certificates
     * @param serverKey where the key lies
     * @param clock the wall clock
     * @throws PlatformException if they can be neither read nor written
     */
    public static LocalAuthority in(Path folder, Path serverKey, InstantSource clock) {
        LocalAuthority authority = new LocalAuthority(certificateIn(folder), folder.resolve("api.pem"), serverKey);
        if (!authority.lasts(clock.instant().plus(RENEWED_BEFORE))) {
            PrivateFile.folder(folder);
            authority.make(clock.instant());
        }
        return authority;
    }

    /** Those of a platform's home; made where they are missing or expire soon. */
    public static LocalAuthority of(Home home) {
        return in(home.tls(), home.secret("api-tls-key.pem"), InstantSource.system());
    }

    /** Where the certificate lies that clients trust. */
    public static Path certificateIn(Path folder) {
        return folder.resolve("ca.pem");
    }

    private boolean lasts(Instant until) {
        if (!Files.exists(certificate) || !Files.exists(serverCertificate) || !Files.exists(serverKey)) {
            return false;
        }
        try (PEMParser pem = new PEMParser(new StringReader(Files.readString(serverCertificate)))) {
            return pem.readObject() instanceof X509CertificateHolder issued
                    && issued.getNotAfter().toInstant().isAfter(until);
        } catch (IOException e) {
            throw new PlatformException(
                    "The certificate " + serverCertificate + " cannot be read: delete it, and a new one is made.", e);
        }
    }

    private void make(Instant now) {
        try {
            KeyPair authority = keyPair();
            KeyPair server = keyPair();
            X500Name issuer = new X500Name("CN=Gyre local platform");
            X509CertificateHolder root = signed(
                    authority,
                    certificateFor(authority, issuer, issuer, now)
                            .addExtension(Extension.basicConstraints, true, new BasicConstraints(0))
                            .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign)));
            X509CertificateHolder issued = signed(
                    authority,
                    certificateFor(server, issuer, new X500Name("CN=localhost"), now)
                            .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
                            .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
                            .addExtension(
                                    Extension.extendedKeyUsage,
                                    false,
                                    new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth))
                            .addExtension(
                                    Extension.authorityKeyIdentifier,
                                    false,
                                    identifiers().createAuthorityKeyIdentifier(root))
                            .addExtension(Extension.subjectAlternativeName, false, loopback()));
            PrivateFile.write(serverKey, pem(new JcaPKCS8Generator(server.getPrivate(), null)));
            PrivateFile.write(serverCertificate, pem(issued));
            PrivateFile.write(certificate, pem(root));
        } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
            throw new PlatformException("No certificate could be made for the API: " + e.getMessage() + ".", e);
        }
    }

    private static GeneralNames loopback() {
        return new GeneralNames(new GeneralName[] {
            new GeneralName(GeneralName.dNSName, "localhost"), new GeneralName(GeneralName.iPAddress, "127.0.0.1")
        });
    }

    private static X509v3CertificateBuilder certificateFor(KeyPair keys, X500Name issuer, X500Name subject, Instant now)
            throws IOException, GeneralSecurityException {
        return new JcaX509v3CertificateBuilder(
                        issuer,
                        new BigInteger(127, RANDOM),
                        Date.from(now.minus(BACKDATED)),
                        Date.from(now.plus(LIFE)),
                        subject,
                        keys.getPublic())
                .addExtension(
                        Extension.subjectKeyIdentifier,
                        false,
                        identifiers()
                                .createSubjectKeyIdentifier(SubjectPublicKeyInfo.getInstance(
                                        keys.getPublic().getEncoded())));
    }

    private static JcaX509ExtensionUtils identifiers() throws GeneralSecurityException {
        return new JcaX509ExtensionUtils();
    }

    private static X509CertificateHolder signed(KeyPair authority, X509v3CertificateBuilder certificate)
            throws OperatorCreationException {
        return certificate.build(new JcaContentSignerBuilder(SIGNATURE).build(authority.getPrivate()));
    }

    private static KeyPair keyPair() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"), RANDOM);
        return generator.generateKeyPair();
    }

    private static String pem(Object written) throws IOException {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter pem = new JcaPEMWriter(text)) {
            pem.writeObject(written);
        }
        return text.toString();
    }
}
