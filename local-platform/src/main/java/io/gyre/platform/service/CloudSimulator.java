package io.gyre.platform.service;

import io.gyre.platform.PlatformSecrets;
import io.gyre.platform.Ports;
import java.util.HashMap;
import java.util.Map;

/** How the local platform runs cloud-simulator: a cloud that takes its time, as the real ones do. */
public final class CloudSimulator {

    /** The process's name. */
    public static final String NAME = "cloud-simulator";

    /** The simulated account, which is also the one that Gyre's ARNs name. */
    static final String ACCOUNT = "1000000000000001";

    private static final int HEAP_MEBIBYTES = 96;
    private static final int TIER = 1;

    private CloudSimulator() {}

    /** Its dates come from Gyre's calendar, so that they pass as fast. */
    public static ServicePlan plan(Ports ports, PlatformSecrets secrets) {
        Map<String, String> environment = new HashMap<>();
        environment.put("GYRE_SIMULATOR_HOST", "127.0.0.1");
        environment.put("GYRE_SIMULATOR_PORT", Integer.toString(ports.simulator()));
        environment.put("GYRE_SIMULATOR_FIRST_INSTANCE_PORT", Integer.toString(ports.firstInstance()));
        environment.put("GYRE_SIMULATOR_ACCOUNT", ACCOUNT);
        environment.put("GYRE_SIMULATOR_ACCESS_KEY_ID", secrets.cloudKeyId());
        environment.put("GYRE_SIMULATOR_DB_HOST", "127.0.0.1");
        environment.put("GYRE_SIMULATOR_DB_PORT", Integer.toString(ports.cloudPostgres()));
        environment.put("GYRE_SIMULATOR_DB_NAME", "cloud");
        environment.put("GYRE_SIMULATOR_DB_USER", "cloud");
        environment.put("GYRE_SIMULATOR_RDS_DELAY", "PT3S");
        environment.put("GYRE_SIMULATOR_ECS_DELAY", "PT2S");
        environment.put("GYRE_SIMULATOR_RAM_DELAY", "PT1S");
        environment.put("GYRE_SIMULATOR_CALENDAR_DB_HOST", "127.0.0.1");
        environment.put("GYRE_SIMULATOR_CALENDAR_DB_PORT", Integer.toString(ports.postgres()));
        environment.put("GYRE_SIMULATOR_CALENDAR_DB_NAME", GyreStores.DATABASE);
        environment.put("GYRE_SIMULATOR_CALENDAR_DB_USER", GyreStores.SIMULATOR);
        Map<String, String> hidden = Map.of(
                "gyre.simulator.db.password", secrets.cloudPostgres().reveal(),
                "gyre.simulator.access-key-secret", secrets.cloudKeySecret().reveal(),
                "gyre.simulator.calendar.db.password",
                        secrets.postgresSimulator().reveal());
        return new ServicePlan(NAME, NAME, HEAP_MEBIBYTES, ports.simulatorOps(), environment, hidden, TIER);
    }
}
