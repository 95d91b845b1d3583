package io.gyre.api;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/** Where health is asked for ({@code /q/health/ready} and {@code /q/health/live}), and the operations API served. */
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
}
