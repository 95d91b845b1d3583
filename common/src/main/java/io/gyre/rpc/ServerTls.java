package io.gyre.rpc;

import io.gyre.secret.SecretText;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PfxOptions;
import java.nio.file.Path;

/** Where a server finds its certificate and key. */
public sealed interface ServerTls {
    KeyCertOptions options();

    /** PEM files; the certificate's file may hold its chain. */
    record Pem(Path certificate, Path key) implements ServerTls {
        @Override
        public KeyCertOptions options() {
            return new PemKeyCertOptions().setCertPath(certificate.toString()).setKeyPath(key.toString());
        }
    }

    /** A PKCS #12 file. */
    record Pkcs12(Path file, SecretText password) implements ServerTls {
        @Override
        public KeyCertOptions options() {
            return new PfxOptions().setPath(file.toString()).setPassword(password.reveal());
        }
    }
}
