package io.gyre.api.outbox;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.NotBlank;

/** Kafka. The producer is configured from the same key. */
@ConfigMapping(prefix = "gyre.kafka")
public interface Broker {
    /** Where clients connect: {@code host:port}, several with commas between. */
    @WithDefault("127.0.0.1:9092")
    @NotBlank
    String bootstrapServers();
}
