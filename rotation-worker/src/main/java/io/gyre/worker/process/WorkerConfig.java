package io.gyre.worker.process;

import io.gyre.envelope.RootKeySettings;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Pattern;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** What a worker is told from outside. */
@ConfigMapping(prefix = "gyre")
public interface WorkerConfig extends RootKeySettings {
    Worker worker();

    Drift drift();

    /** Where traces go. */
    Destination traces();

    /** Whether the calendar may run at another speed than the wall. */
    @WithDefault("false")
    boolean localPlatform();

    /** Keys below {@code gyre.drift}. */
    interface Drift {
        /**
         * How often it is looked whether the current credential of each managed secret still authenticates, on the calendar; zero
         * for only where somebody asks.
         */
        @WithDefault("24h")
        Duration interval();
    }

    /** Keys below {@code gyre.traces}; OpenTelemetry's extension is configured from the same ones. */
    interface Destination {
        /** The OTLP endpoint that takes them, for example {@code http://collector:4317}; without it nothing is traced. */
        Optional<URI> endpoint();

        /** How the endpoint is spoken to. */
        @WithDefault("grpc")
        @Pattern(regexp = "grpc|http/protobuf")
        String protocol();

        /** The part of all traces that is kept, where whoever began a rotation has not decided it. */
        @WithDefault("1.0")
        @DecimalMin("0")
        @DecimalMax("1")
        double ratio();
    }

    /** Keys below {@code gyre.worker}. */
    interface Worker {
        /** This process's name, as timelines and leases show it; unique among the workers. */
        @NotBlank
        String name();

        /** The rotation types that this worker serves. */
        @WithDefault("ram,rds,ecs")
        @NotEmpty
        Set<String> types();

        /** How many rotations it is at work on at most, beside those whose target is slow; the rest stays in PostgreSQL. */
        @WithDefault("1024")
        @Min(1)
        @Max(10_000)
        int inFlight();

        /**
         * How many rotations of one target, such as an RDS instance, it has in hand: a claim takes at most as many, and none
         * while as many are in hand.
         */
        @WithDefault("16")
        @Min(1)
        @Max(1_000)
        int perTarget();

        /** How often it asks PostgreSQL what is due; what Kafka missed waits no longer than this. */
        @WithDefault("PT0.25S")
        Duration sweepEvery();

        /** How long a commit may take before its effect is not begun any more. */
        @WithDefault("PT15S")
        Duration commitWithin();

        /** How long the end of the process waits for rotations in hand to reach their next commit. */
        @WithDefault("PT20S")
        Duration drainWithin();
    }
}
