package io.gyre.rpc;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.X509KeyManager;

/**
 * Serves a certificate that was renewed to whoever connects from then on, without a restart: it looks at the files again and
 * again. Files that do not belong together, as while one of two is replaced, are left alone until they do.
 */
public final class CertificateRenewal {
    private static final Logger LOG = System.getLogger(CertificateRenewal.class.getName());

    private static final byte[] ANYTHING = {1, 2, 3};

    private final Vertx vertx;
    private final ServerTls.Pem tls;
    private final List<RpcServer> servers;
    private String served;
    private String refused = "";
    private long timer = -1;

    /** @param servers that serve this certificate */
    public CertificateRenewal(Vertx vertx, ServerTls.Pem tls, List<RpcServer> servers) {
        this.vertx = vertx;
        this.tls = tls;
        this.servers = List.copyOf(servers);
        this.served = state();
    }

    public void start(Duration every) {
        timer = vertx.setPeriodic(every.toMillis(), tick -> {
            var unused = look().subscribe().with(done -> {});
        });
    }

    public void stop() {
        vertx.cancelTimer(timer);
    }

    /** Serves what the files hold now, where that is another certificate and whole; @return whether it does */
    Uni<Boolean> look() {
        String now = state();
        if (now.equals(served) || now.equals(refused)) {
            return Uni.createFrom().item(false);
        }
        return Uni.createFrom()
                .completionStage(
                        () -> vertx.executeBlocking(this::belongTogether, false).toCompletionStage())
                .chain(together -> together
                        ? renew().replaceWith(true)
                        : Uni.createFrom().failure(new IOException("they do not belong together")))
                .invoke(() -> {
                    served = now;
                    refused = "";
                    LOG.log(Level.INFO, "The certificate in " + tls.certificate() + " was renewed, and is served.");
                })
                .onFailure()
                .recoverWithItem(failure -> {
                    refused = now;
                    LOG.log(
                            Level.WARNING,
                            "The certificate in " + tls.certificate() + " and the key in " + tls.key()
                                    + " cannot be served (" + failure.getMessage()
                                    + "): the one before is, until they can be.");
                    return false;
                });
    }

    private Uni<Void> renew() {
        Uni<Void> renewed = Uni.createFrom().voidItem();
        for (RpcServer server : servers) {
            renewed = renewed.chain(() -> server.renewCertificate(tls));
        }
        return renewed;
    }

    /** Nothing else says that a key is not its certificate's, until whoever connects is turned away. */
    private boolean belongTogether() throws Exception {
        for (KeyManager manager : tls.options().getKeyManagerFactory(vertx).getKeyManagers()) {
            if (manager instanceof X509KeyManager keys) {
                for (String type : List.of("RSA", "EC", "EdDSA")) {
                    String[] aliases = keys.getServerAliases(type, null);
                    for (String alias : aliases == null ? new String[0] : aliases) {
                        return signs(keys.getPrivateKey(alias), keys.getCertificateChain(alias)[0].getPublicKey());
                    }
                }
            }
        }
        return false;
    }

    private static boolean signs(PrivateKey key, PublicKey certified) throws GeneralSecurityException {
        String algorithm =
                switch (certified.getAlgorithm()) {
                    case "RSA" -> "SHA256withRSA";
                    case "EC" -> "SHA256withECDSA";
                    default -> certified.getAlgorithm();
                };
        Signature signature = Signature.getInstance(algorithm);
        signature.initSign(key);
        signature.update(ANYTHING);
        byte[] signed = signature.sign();
        signature.initVerify(certified);
        signature.update(ANYTHING);
        return signature.verify(signed);
    }

    private String state() {
        return state(tls.certificate()) + " " + state(tls.key());
    }

    private static String state(Path file) {
        try {
            return Files.getLastModifiedTime(file) + "/" + Files.size(file);
        } catch (IOException e) {
            return "absent";
        }
    }
}
