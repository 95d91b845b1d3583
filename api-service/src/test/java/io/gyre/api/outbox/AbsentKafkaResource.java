package io.gyre.api.outbox;

import io.gyre.platform.process.LoopbackPort;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** Names a place where no broker is, yet. */
public final class AbsentKafkaResource implements QuarkusTestResourceLifecycleManager {
    @Override
    public Map<String, String> start() {
        return Map.of("gyre.kafka.bootstrap-servers", "127.0.0.1:" + LoopbackPort.anyFree());
    }

    @Override
    public void stop() {}
}
