package io.gyre.worker.process;

import io.gyre.event.Topics;
import io.gyre.secret.SecretType;
import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.PropertiesConfigSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.spi.ConfigSource;

/** Turns {@code gyre.worker.types} into the topics that the channel {@code requests} reads. */
public final class RequestTopics implements ConfigSourceFactory {
    private static final int BELOW_WHAT_PEOPLE_SET = 50;

    @Override
    public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
        ConfigValue types = context.getValue("gyre.worker.types");
        String value = types == null || types.getValue() == null
                ? String.join(",", SecretType.rotationTypes())
                : types.getValue();
        String topics = Arrays.stream(value.split(",", -1))
                .map(String::strip)
                .map(Topics::requests)
                .collect(Collectors.joining(","));
        return List.of(new PropertiesConfigSource(
                Map.of("mp.messaging.incoming.requests.topics", topics), "gyre.worker.types", BELOW_WHAT_PEOPLE_SET));
    }
}
