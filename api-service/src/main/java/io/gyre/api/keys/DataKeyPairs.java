package io.gyre.api.keys;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.api.wire.KmsFaults;
import io.gyre.rpc.RpcFault;
import io.gyre.rpc.RpcRequest;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.stream.Collectors;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.hibernate.reactive.mutiny.Mutiny;

/** Key pairs for callers: the private half encrypted with a key that they name; Gyre keeps neither. */
@ApplicationScoped
public class DataKeyPairs {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Mutiny.SessionFactory sessions;
    private final KeyUse use;

    DataKeyPairs(Mutiny.SessionFactory sessions, KeyUse use) {
        this.sessions = sessions;
        this.use = use;
    }

    /** The parameter KeyPairSpec. The JDK has no curve secp256k1 any more. */
    private enum Spec {
        RSA_2048,
        RSA_3072,
        RSA_4096,
        EC_P256,
        EC_P256K;

        static Spec of(RpcRequest request) {
            String given = request.required("KeyPairSpec");
            return Arrays.stream(values())
                    .filter(spec -> spec.name().equals(given))
                    .findFirst()
                    .orElseThrow(() -> KmsFaults.invalid(
                            "KeyPairSpec",
                            "it must be one of "
                                    + Arrays.stream(values()).map(Spec::name).collect(Collectors.joining(", "))
                                    + "."));
        }

        KeyPair generate() {
            try {
                KeyPairGenerator generator;
                if (name().startsWith("RSA_")) {
                    generator = KeyPairGenerator.getInstance("RSA");
                    generator.initialize(Integer.parseInt(name().substring("RSA_".length())), RANDOM);
                } else {
                    generator = KeyPairGenerator.getInstance("EC", CURVES);
                    generator.initialize(new ECGenParameterSpec(this == EC_P256 ? "secp256r1" : "secp256k1"), RANDOM);
                }
                return generator.generateKeyPair();
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("A key pair " + name() + " could not be made.", e);
            }
        }
    }

    private static final Provider CURVES = new BouncyCastleProvider();

    /** The parameter KeyFormat: of PKCS#8 and SubjectPublicKeyInfo. */
    private enum Format {
        PEM,
        DER;

        static Format of(RpcRequest request) {
            String given = request.text("KeyFormat");
            if (given == null || given.isEmpty() || given.equals(PEM.name())) {
                return PEM;
            }
            if (given.equals(DER.name())) {
                return DER;
            }
            throw KmsFaults.invalid("KeyFormat", "it must be PEM or DER.");
        }

        byte[] encoded(String label, Key key) {
            return this == DER
                    ? key.getEncoded()
                    : ("-----BEGIN " + label + "-----\n"
                                    + Base64.getMimeEncoder(64, new byte[] {'\n'})
                                            .encodeToString(key.getEncoded())
                                    + "\n-----END " + label + "-----\n")
                            .getBytes(StandardCharsets.US_ASCII);
        }
    }

    /**
     * Makes one.
     *
     * @param shown whether the answer has the private key in plain too
     * @return fails with an {@link RpcFault} as every use of a key
     */
    public Uni<ObjectNode> make(RpcRequest request, boolean shown) {
        String account = request.caller().accountId();
        String key = request.required("KeyId");
        EncryptionContext context = EncryptionContext.given(request, "EncryptionContext");
        Spec spec = Spec.of(request);
        Format format = Format.of(request);
        Context own = Vertx.currentContext();
        return Uni.createFrom()
                .item(spec::generate)
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                .emitOn(task -> own.runOnContext(on -> task.run()))
                .chain(pair -> {
                    byte[] plaintext = format.encoded("PRIVATE KEY", pair.getPrivate());
                    return sessions.withStatelessSession(
                                    session -> use.encrypt(session, account, "KeyId", key, plaintext, context))
                            .map(blob -> {
                                ObjectNode answer = CryptoAnswers.encrypted(blob)
                                        .put("KeyPairSpec", spec.name())
                                        .put(
                                                "PublicKey",
                                                CryptoAnswers.base64(format.encoded("PUBLIC KEY", pair.getPublic())));
                                return shown
                                        ? answer.put("PrivateKeyPlaintext", CryptoAnswers.base64(plaintext))
                                        : answer;
                            });
                });
    }
}
