package io.gyre.api;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.nio.file.Path;
import java.util.Optional;

/** Where health is asked for ({@code /q/health/ready} and {@code /q/health/live}), and the operations API and the console served. */
@ConfigMapping(prefix = "gyre.ops")
interface OperationsEndpoint {
    /** The address to bind. */
    @WithDefault("127.0.0.1")
    String host();

    /** The port to bind. */
    @WithDefault("7601")
    @Min(0)
    @Max(65535)
    int port();

    /** A PEM file with the certificate and its chain; with it, the same is served by HTTPS too. */
    Optional<Path> tlsCertificate();

    /** A PEM file with the certificate's key. */
    Optional<Path> tlsKey();

    /** The port of HTTPS. */
    @WithDefault("7644")
    @Min(0)
    @Max(65535)
    int tlsPort();
}
