package io.gyre.api.outbox;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** How the relay goes. */
@ConfigMapping(prefix = "gyre.outbox")
public interface RelaySettings {
    /** How many records are sent and deleted together. */
    @WithDefault("100")
    @Min(1)
    @Max(1000)
    int batch();

    /** How often the relay looks without being told to. */
    @WithDefault("1s")
    Duration poll();

    /** How long it leaves Kafka alone after a failure; doubled each time. */
    @WithDefault("1s")
    Duration backoff();

    /** The longest that it leaves Kafka alone. */
    @WithDefault("10s")
    Duration longestBackoff();
}
