package io.gyre.platform.service;

import io.gyre.platform.Home;
import io.gyre.platform.PlatformSecrets;
import io.gyre.platform.Ports;
import java.util.List;
import java.util.Map;

/** How the local platform runs a rotation-worker. */
public final class RotationWorker {

    private static final int HEAP_MEBIBYTES = 80;
    private static final int TIER = 3;

    private static final List<String> PRODUCTS = List.of("RAM", "STS", "RDS", "ECS");

    /** The most that a worker takes: the simulated cloud throttles nobody by itself. */
    private static final String NO_LIMIT = "1000";

    private RotationWorker() {}

    /** @param number counted from 1 */
    public static String name(int number) {
        return "worker-" + number;
    }

    /** @param number counted from 1 */
    public static ServicePlan plan(Home home, Ports ports, PlatformSecrets secrets, int number) {
        String cloud = "http://127.0.0.1:" + ports.simulator();
        Map<String, String> environment = GyreStores.environment(home, ports, GyreStores.WORKER);
        environment.put("GYRE_WORKER_NAME", name(number));
        environment.put("GYRE_WORKER_TYPES", "ram,rds,ecs");
        environment.put("GYRE_CLOUD_RAM_ENDPOINT", cloud);
        environment.put("GYRE_CLOUD_STS_ENDPOINT", cloud);
        environment.put("GYRE_CLOUD_RDS_ENDPOINT", cloud);
        environment.put("GYRE_CLOUD_ECS_ENDPOINT", cloud);
        environment.put("GYRE_CLOUD_ACCESS_KEY_ID", secrets.cloudKeyId());
        for (String product : PRODUCTS) {
            environment.put("GYRE_CLOUD_BUDGET_" + product + "_RATE", NO_LIMIT);
            environment.put("GYRE_CLOUD_BUDGET_" + product + "_BURST", NO_LIMIT);
        }
        Map<String, String> hidden = Map.of(
                GyreStores.PASSWORD,
                secrets.postgresWorker().reveal(),
                "gyre.cloud.access-key-secret",
                secrets.cloudKeySecret().reveal());
        return new ServicePlan(
                name(number), "rotation-worker", HEAP_MEBIBYTES, ports.workerOps(number), environment, hidden, TIER);
    }
}
