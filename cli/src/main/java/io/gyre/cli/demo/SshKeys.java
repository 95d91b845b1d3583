package io.gyre.cli.demo;

import io.gyre.platform.PlatformException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.util.security.SecurityUtils;

/** SSH key pairs as a person makes them, and as secrets hold them. */
final class SshKeys {
    private static final int RSA_BITS = 2048;

    private SshKeys() {}

    static KeyPair create() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(RSA_BITS);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK makes RSA keys", e);
        }
    }

    static String pem(KeyPair key) {
        return "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'})
                        .encodeToString(key.getPrivate().getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
    }

    /** @throws PlatformException if the text is no private key */
    static KeyPair ofPem(String pem) {
        try {
            return SecurityUtils.loadKeyPairIdentities(
                            null,
                            NamedResource.ofName("PrivateKey"),
                            new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8)),
                            null)
                    .iterator()
                    .next();
        } catch (IOException | GeneralSecurityException e) {
            // Its message may quote the text.
            throw new PlatformException("Gyre answered a private key that cannot be read.");
        }
    }
}
