package io.gyre.simulator.ecs;

import io.gyre.simulator.account.Seal;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;

/** An instance's own key, by which its clients know it again: RSA of 2048 bits, since it is made while somebody waits. */
@Singleton
class HostKeys {
    private static final int BITS = 2048;

    private final Seal seal;

    @Inject
    HostKeys(Seal seal) {
        this.seal = seal;
    }

    /** A new one, sealed for the table. */
    String create(String instance) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(BITS);
            return seal.close(generator.generateKeyPair().getPrivate().getEncoded(), instance);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JDK has no RSA, which every JDK must have", e);
        }
    }

    KeyPair open(String instance, String sealed) {
        try {
            KeyFactory rsa = KeyFactory.getInstance("RSA");
            RSAPrivateCrtKey secret =
                    (RSAPrivateCrtKey) rsa.generatePrivate(new PKCS8EncodedKeySpec(seal.open(sealed, instance)));
            return new KeyPair(
                    rsa.generatePublic(new RSAPublicKeySpec(secret.getModulus(), secret.getPublicExponent())), secret);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The host key of " + instance + " cannot be read", e);
        }
    }
}
