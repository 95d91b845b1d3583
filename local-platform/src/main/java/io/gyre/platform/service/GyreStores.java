package io.gyre.platform.service;

import io.gyre.platform.Home;
import io.gyre.platform.Ports;
import java.util.HashMap;
import java.util.Map;

/** Gyre's database with its roles, and what api-service and the workers are told alike: PostgreSQL, Kafka and the root key. */
public final class GyreStores {
    /** The database. */
    public static final String DATABASE = "gyre";

    /** Owns the tables, and migrates them. */
    public static final String OWNER = "gyre";

    /** What api-service works as. */
    public static final String API = "gyre_api";

    /** What the workers work as. */
    public static final String WORKER = "gyre_worker";

    /** Reads the calendar for the simulated cloud. */
    public static final String SIMULATOR = "gyre_simulator";

    /** The password of the role to work as. */
    static final String PASSWORD = "gyre.db.password";

    private GyreStores() {}

    /** @param role to work as */
    static Map<String, String> environment(Home home, Ports ports, String role) {
        return new HashMap<>(Map.of(
                "GYRE_DB_HOST",
                "127.0.0.1",
                "GYRE_DB_PORT",
                Integer.toString(ports.postgres()),
                "GYRE_DB_NAME",
                DATABASE,
                "GYRE_DB_USER",
                role,
                "GYRE_KAFKA_BOOTSTRAP_SERVERS",
                "127.0.0.1:" + ports.kafka(),
                "GYRE_ROOT_KEY_FILE",
                home.rootKeyFile().toString(),
                // Permits a calendar that is faster than the wall clock.
                "GYRE_LOCAL_PLATFORM",
                "true"));
    }
}
