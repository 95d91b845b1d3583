package io.gyre.platform;

import io.gyre.platform.process.LoopbackPort;
import io.gyre.platform.service.RotationWorker;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The ports of a platform, all on the loopback address and all counted from one.
 *
 * @param base the port of the API
 * @param workers how many workers have ports
 */
public record Ports(int base, int workers) {

    private static final int LOWEST_BASE = 1024;

    /** Leaves room for the simulated instances above it. */
    private static final int HIGHEST_BASE = 65_000;

    /** The simulator's ports follow those of the workers. */
    private static final int MOST_WORKERS = 9;

    static void requireWithinLimits(int base) {
        if (base < LOWEST_BASE || base > HIGHEST_BASE) {
            throw new PlatformException("--port-base " + base + " is out of range: choose between " + LOWEST_BASE
                    + " and " + HIGHEST_BASE + ".");
        }
    }

    static void requireRoomFor(int workers) {
        if (workers < 1 || workers > MOST_WORKERS) {
            throw new PlatformException(
                    "A platform has between 1 and " + MOST_WORKERS + " workers: " + workers + " are out of range.");
        }
    }

    /** The KMS API by plain HTTP. */
    public int api() {
        return base;
    }

    /** The KMS API over TLS. */
    public int apiOverTls() {
        return base + 43;
    }

    /** Health, operations and console of api-service by plain HTTP. */
    public int apiOps() {
        return base + 1;
    }

    /** The same over TLS. */
    public int apiOpsOverTls() {
        return base + 44;
    }

    /**
     * Health of a worker.
     *
     * @param number counted from 1
     */
    public int workerOps(int number) {
        return base + 10 + number;
    }

    /** The simulated cloud's APIs. */
    public int simulator() {
        return base + 20;
    }

    /** Health of the simulator. */
    public int simulatorOps() {
        return base + 21;
    }

    /** Gyre's own PostgreSQL. */
    public int postgres() {
        return base + 32;
    }

    /** The PostgreSQL whose roles are the accounts of the simulated RDS instances. */
    public int cloudPostgres() {
        return base + 33;
    }

    /** Where Kafka's clients connect. */
    public int kafka() {
        return base + 92;
    }

    /** Kafka's controller. */
    public int kafkaController() {
        return base + 93;
    }

    /** Simulated instances take the free ports from here upward. */
    public int firstInstance() {
        return base + 100;
    }

    /** The ports at which the processes are used, by process name, in the order of their start. */
    public Map<String, Integer> main() {
        Map<String, Integer> main = new LinkedHashMap<>();
        main.put("postgres", postgres());
        main.put("cloud-postgres", cloudPostgres());
        main.put("kafka", kafka());
        main.put("cloud-simulator", simulator());
        main.put("api-service", api());
        for (int number = 1; number <= workers; number++) {
            main.put(RotationWorker.name(number), workerOps(number));
        }
        return main;
    }

    /** The ports that tell health, by process name. */
    Map<String, Integer> ops() {
        Map<String, Integer> ops = new HashMap<>();
        ops.put("cloud-simulator", simulatorOps());
        ops.put("api-service", apiOps());
        for (int number = 1; number <= workers; number++) {
            ops.put(RotationWorker.name(number), workerOps(number));
        }
        return ops;
    }

    /** Each port with what it is for. */
    Map<Integer, String> uses() {
        Map<Integer, String> uses = new LinkedHashMap<>();
        uses.put(api(), "the API");
        uses.put(apiOverTls(), "the API over TLS");
        uses.put(apiOps(), "api-service (health, operations and console)");
        uses.put(apiOpsOverTls(), "api-service (operations and console over TLS)");
        for (int number = 1; number <= workers; number++) {
            uses.put(workerOps(number), RotationWorker.name(number) + " (health)");
        }
        uses.put(simulator(), "cloud-simulator");
        uses.put(simulatorOps(), "cloud-simulator (health)");
        uses.put(postgres(), "postgres");
        uses.put(cloudPostgres(), "cloud-postgres");
        uses.put(kafka(), "kafka");
        uses.put(kafkaController(), "kafka (controller)");
        return uses;
    }

    /** @throws PlatformException naming the first port at which another process listens */
    void requireFree() {
        uses().forEach((port, use) -> {
            if (!LoopbackPort.isFree(port)) {
                throw new PlatformException("Port " + port + ", which is for " + use
                        + ", is taken by another process: end that process, or choose other ports with --port-base.");
            }
        });
    }
}
