package io.gyre.worker.target;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gyre.secret.SecretText;
import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CloudConfigTest {
    private static final Map<String, String> WHOLE = Map.of(
            "gyre.cloud.ram-endpoint", "http://127.0.0.1:1",
            "gyre.cloud.sts-endpoint", "http://127.0.0.1:2",
            "gyre.cloud.rds-endpoint", "http://127.0.0.1:3",
            "gyre.cloud.ecs-endpoint", "http://127.0.0.1:4",
            "gyre.cloud.access-key-id", "id",
            "gyre.cloud.access-key-secret", "hunter2");

    private static CloudConfig read(Map<String, String> properties) {
        return new SmallRyeConfigBuilder()
                .withMapping(CloudConfig.class)
                .withSources(new PropertiesConfigSource(properties, "test", 100))
                .build()
                .getConfigMapping(CloudConfig.class);
    }

    @Test
    void theNamesAreThoseOfTheDeployment() {
        CloudConfig config = read(WHOLE);

        assertEquals(URI.create("http://127.0.0.1:1"), config.ramEndpoint());
        assertEquals(URI.create("http://127.0.0.1:2"), config.stsEndpoint());
        assertEquals(URI.create("http://127.0.0.1:3"), config.rdsEndpoint());
        assertEquals(URI.create("http://127.0.0.1:4"), config.ecsEndpoint());
        assertEquals("id", config.accessKeyId());
        assertEquals(SecretText.of("hunter2"), config.accessKeySecret());
    }

    @Test
    void aMissingNameIsNamed() {
        Map<String, String> without = new HashMap<>(WHOLE);
        without.remove("gyre.cloud.sts-endpoint");

        String message = String.valueOf(assertThrows(ConfigValidationException.class, () -> read(without))
                .getMessage());
        assertTrue(message.contains("gyre.cloud.sts-endpoint"), message);
    }
}
