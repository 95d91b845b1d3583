package io.gyre.api.wire;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Where the KMS API is served. */
@ConfigMapping(prefix = "gyre.api")
public interface Endpoint {
    /** The address to bind. */
    @WithDefault("127.0.0.1")
    String host();

    /** The port to bind; 0 for any free one. */
    @WithDefault("7600")
    @Min(0)
    @Max(65535)
    int port();

    /**
     * Where the same is served by plain HTTP, on the loopback address alone; nowhere unless it is set. Only the local
     * platform may.
     */
    Optional<@Min(1) @Max(65535) Integer> plainPort();

    /** How many event loops share the port. */
    @WithDefault("2")
    @Min(1)
    @Max(64)
    int eventLoops();

    /** The certificate; without one the API is served by plain HTTP. */
    Optional<Tls> tls();

    /** How often the certificate's files are looked at; a renewed one is served without a restart. */
    @WithDefault("10s")
    Duration tlsRenewalCheck();

    /** TLS 1.2 and newer, HTTP/2 where the client offers it. */
    interface Tls {
        /** A PEM file with the certificate and its chain. */
        Path certificate();

        /** A PEM file with the certificate's key. */
        Path key();
    }
}
