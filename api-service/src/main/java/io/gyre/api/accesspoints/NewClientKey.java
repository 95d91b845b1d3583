package io.gyre.api.accesspoints;

import io.gyre.api.wire.KmsFaults;
import io.gyre.rpc.RpcFault;
import io.gyre.rpc.RpcRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A client key that was just made. Its private half leaves in one answer, inside a PKCS#12 file under the caller's
 * password, and is kept nowhere.
 *
 * @param publicKey a SubjectPublicKeyInfo
 * @param file a PKCS#12 file, with AES-256 and HMAC-SHA256 as the JDK writes it
 */
@SuppressWarnings("ArrayRecordComponent") // Carried from the generator to the row and the answer, never compared.
record NewClientKey(String id, Validity validity, byte[] publicKey, byte[] file) {
    /** As clients are told it. */
    static final String ALGORITHM = "RSA_2048";

    private static final int BITS = 2048;
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String SPECIAL = "~!@#$%^&*?_-";
    private static final Pattern PASSWORD = Pattern.compile("[A-Za-z0-9~!@#$%^&*?_-]{8,64}");
    private static final List<Pattern> KINDS =
            List.of(Pattern.compile("[0-9]"), Pattern.compile("[A-Za-z]"), Pattern.compile("[~!@#$%^&*?_-]"));

    /**
     * The parameter Password: 8 to 64 characters of at least two kinds, by the documentation.
     *
     * @throws RpcFault MissingParameter or InvalidParameter
     */
    static char[] password(RpcRequest request) {
        String given = request.required("Password");
        long kinds = KINDS.stream().filter(kind -> kind.matcher(given).find()).count();
        if (!PASSWORD.matcher(given).matches() || kinds < 2) {
            throw KmsFaults.invalid(
                    "Password",
                    "it must have 8 to 64 characters of at least two kinds: digits, letters, and " + SPECIAL + ".");
        }
        return given.toCharArray();
    }

    /** Takes tens of milliseconds of a processor: not for an event loop. The password is erased. */
    static NewClientKey generate(Validity validity, char[] password) {
        ClientKeyId id = ClientKeyId.random();
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(BITS, RANDOM);
            KeyPair pair = generator.generateKeyPair();
            return new NewClientKey(
                    id.text(), validity, pair.getPublic().getEncoded(), pkcs12(pair, id, validity, password));
        } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
            throw new IllegalStateException("The JDK could not make an RSA key and its PKCS#12 file.", e);
        } finally {
            Arrays.fill(password, ' ');
        }
    }

    /** A private key comes with a certificate there; nobody checks this one, which the key signed itself. */
    private static byte[] pkcs12(KeyPair pair, ClientKeyId id, Validity validity, char[] password)
            throws GeneralSecurityException, OperatorCreationException, IOException {
        X500Name name = new X500Name("CN=" + id.text());
        var certificate = new JcaX509v3CertificateBuilder(
                        name,
                        new BigInteger(159, RANDOM),
                        Date.from(validity.notBefore()),
                        Date.from(validity.notAfter()),
                        name,
                        pair.getPublic())
                .build(new JcaContentSignerBuilder("SHA256withRSA").build(pair.getPrivate()));
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry(id.text(), pair.getPrivate(), password, new Certificate[] {
            new JcaX509CertificateConverter().getCertificate(certificate)
        });
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        store.store(file, password);
        return file.toByteArray();
    }

    @Override
    public String toString() {
        return "NewClientKey[" + id + "]";
    }
}
