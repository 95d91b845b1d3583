package io.gyre.platform.service;

import io.gyre.platform.Home;
import io.gyre.platform.PlatformSecrets;
import io.gyre.platform.Ports;
import java.util.Map;

/** What api-service and the workers are told alike: PostgreSQL, Kafka and the root key. */
final class GyreStores {

    private GyreStores() {}

    static Map<String, String> environment(Home home, Ports ports) {
        return Map.of(
                "GYRE_DB_HOST", "127.0.0.1",
                "GYRE_DB_PORT", Integer.toString(ports.postgres()),
                "GYRE_DB_NAME", "gyre",
                "GYRE_DB_USER", "gyre",
                "GYRE_KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:" + ports.kafka(),
                "GYRE_ROOT_KEY_FILE", home.rootKeyFile().toString(),
                // Permits a calendar that is faster than the wall clock.
                "GYRE_LOCAL_PLATFORM", "true");
    }

    static Map<String, String> secrets(PlatformSecrets secrets) {
        return Map.of("gyre.db.password", secrets.postgres().reveal());
    }
}
