package io.gyre.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TraceSwitchTest {
    private static boolean isOff(Map<String, String> told) {
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(told, "what people set", 300))
                .withSources(new TraceSwitch())
                .build();
        return config.getValue("quarkus.otel.sdk.disabled", Boolean.class);
    }

    @Test
    void nothingIsTracedUnlessAnEndpointIsNamed() {
        assertEquals(true, isOff(Map.of()));
        assertEquals(true, isOff(Map.of(TraceSwitch.ENDPOINT, "")));
        assertEquals(false, isOff(Map.of(TraceSwitch.ENDPOINT, "http://collector:4317")));
    }
}
