package io.gyre.api;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Pattern;
import java.net.URI;
import java.util.Optional;

/** Where traces go. OpenTelemetry's extension is configured from the same keys. */
@ConfigMapping(prefix = "gyre.traces")
interface TraceSettings {
    /** The OTLP endpoint that takes them, for example {@code http://collector:4317}; without it nothing is traced. */
    Optional<URI> endpoint();

    /** How the endpoint is spoken to. */
    @WithDefault("grpc")
    @Pattern(regexp = "grpc|http/protobuf")
    String protocol();

    /** The part of all traces that is kept, where the caller has not decided it. */
    @WithDefault("1.0")
    @DecimalMin("0")
    @DecimalMax("1")
    double ratio();
}
