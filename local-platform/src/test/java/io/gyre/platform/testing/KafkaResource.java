package io.gyre.platform.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** Gives a QuarkusTest a broker with Gyre's topics: {@code gyre.kafka.bootstrap-servers}. */
public final class KafkaResource implements QuarkusTestResourceLifecycleManager {

    @Override
    public Map<String, String> start() {
        return Map.of("gyre.kafka.bootstrap-servers", TestKafka.bootstrapServers());
    }

    /** The broker goes on for the next test. */
    @Override
    public void stop() {}
}
