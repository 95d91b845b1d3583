package io.gyre.api.keys;

import io.gyre.store.KmsKey;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.jspecify.annotations.Nullable;

/** What a key pair can be, of an asymmetric key and of a caller's own. The JDK has no curve secp256k1 any more. */
enum KeyPairSpec {
    RSA_2048,
    RSA_3072,
    RSA_4096,
    EC_P256,
    EC_P256K;

    /** It signs what was hashed elsewhere, too, which the JDK does not for each algorithm. */
    static final Provider PROVIDER = new BouncyCastleProvider();

    private static final SecureRandom RANDOM = new SecureRandom();

    static Optional<KeyPairSpec> named(@Nullable String name) {
        return Arrays.stream(values()).filter(spec -> spec.name().equals(name)).findFirst();
    }

    static String names() {
        return Arrays.stream(values()).map(KeyPairSpec::name).collect(Collectors.joining(", "));
    }

    boolean isRsa() {
        return name().startsWith("RSA_");
    }

    /** What a key of this kind can be for; the first where its maker says nothing. */
    List<String> usages() {
        return isRsa() ? List.of(KmsKey.ENCRYPT_DECRYPT, KmsKey.SIGN_VERIFY) : List.of(KmsKey.SIGN_VERIFY);
    }

    /** Takes long: not for an event loop. */
    KeyPair generate() {
        try {
            KeyPairGenerator generator;
            if (isRsa()) {
                generator = KeyPairGenerator.getInstance("RSA");
                generator.initialize(Integer.parseInt(name().substring("RSA_".length())), RANDOM);
            } else {
                generator = KeyPairGenerator.getInstance("EC", PROVIDER);
                generator.initialize(new ECGenParameterSpec(this == EC_P256 ? "secp256r1" : "secp256k1"), RANDOM);
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A key pair " + name() + " could not be made.", e);
        }
    }

    KeyFactory factory() throws GeneralSecurityException {
        return KeyFactory.getInstance(isRsa() ? "RSA" : "EC", PROVIDER);
    }
}
