package io.gyre.trace;

import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.PropertiesConfigSource;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jspecify.annotations.Nullable;

/**
 * Traces are kept where an endpoint is named that takes them, and nowhere else: without one there is no exporter, no queue and
 * no failed attempt to log. Whoever serves registers it as a source of its configuration.
 */
public final class TraceSwitch implements ConfigSourceFactory {
    /** The OTLP endpoint, for example {@code http://collector:4317}. */
    public static final String ENDPOINT = "gyre.traces.endpoint";

    private static final String DISABLED = "quarkus.otel.sdk.disabled";

    private static final int BELOW_WHAT_PEOPLE_SET = 50;

    @Override
    public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
        boolean none = isBlank(context.getValue(ENDPOINT));
        return List.of(
                new PropertiesConfigSource(Map.of(DISABLED, Boolean.toString(none)), ENDPOINT, BELOW_WHAT_PEOPLE_SET));
    }

    private static boolean isBlank(@Nullable ConfigValue endpoint) {
        return endpoint == null
                || endpoint.getValue() == null
                || endpoint.getValue().isBlank();
    }
}
