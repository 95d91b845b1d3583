package io.gyre.platform;

import io.gyre.platform.process.JavaCommand;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What a person chose about a local platform.
 *
 * @param home keeps everything of it: data, logs, secrets; made if it does not exist
 * @param checkout the folder whose subfolders are the modules
 * @param build the folder below each module into which its jars were built, {@code target} or {@code target/quick}
 * @param portBase the API's port; every other port is counted from it, see {@link Ports}
 * @param speed calendar seconds per second of the wall clock; 1 is the wall clock itself
 * @param workers how many processes carry rotations on, 1 to 9
 * @param compiler of the JVMs
 * @param traces the OTLP endpoint that takes traces; null where nothing is traced
 */
public record PlatformPlan(
        Path home,
        Path checkout,
        String build,
        int portBase,
        double speed,
        int workers,
        JavaCommand.Compiler compiler,
        @Nullable String traces) {

    /** Where the API listens if nobody says otherwise. */
    public static final int DEFAULT_PORT_BASE = 7600;

    /** Enough to show that they share the work, on a machine that has other work too. */
    public static final int DEFAULT_WORKERS = 2;

    /** The API takes speeds from one thousandth to a million. */
    private static final double SLOWEST = 0.001;

    private static final double FASTEST = 1_000_000;

    /** @throws PlatformException if the ports, the speed or the number of workers are out of their limits */
    public PlatformPlan {
        home = home.toAbsolutePath().normalize();
        checkout = checkout.toAbsolutePath().normalize();
        Ports.requireWithinLimits(portBase);
        Ports.requireRoomFor(workers);
        if (!(speed >= SLOWEST && speed <= FASTEST)) {
            throw new PlatformException(
                    "--speed " + speed + " is out of range: choose between 0.001 and 1000000 (1 is the wall clock).");
        }
    }

    /** With two workers. */
    public PlatformPlan(Path home, Path checkout, String build, int portBase, double speed) {
        this(home, checkout, build, portBase, speed, DEFAULT_WORKERS, JavaCommand.Compiler.READY_SOONEST, null);
    }

    /** With two workers, and the jars that {@code mvn package} builds, rather than those that the launcher does. */
    public PlatformPlan(Path home, Path checkout, int portBase, double speed) {
        this(home, checkout, "target", portBase, speed);
    }

    /** The same with so many workers. */
    public PlatformPlan withWorkers(int number) {
        return new PlatformPlan(home, checkout, build, portBase, speed, number, compiler, traces);
    }

    /** The same with traces that go to this OTLP endpoint, by gRPC; null for nowhere. */
    public PlatformPlan tracedTo(@Nullable String endpoint) {
        return new PlatformPlan(home, checkout, build, portBase, speed, workers, compiler, endpoint);
    }

    /** The same with JVMs, and with as much of the database in memory, as a server has. */
    public PlatformPlan optimising() {
        return new PlatformPlan(
                home, checkout, build, portBase, speed, workers, JavaCommand.Compiler.OPTIMISING, traces);
    }

    /** Whether speed counts for more than an early start and little memory. */
    boolean isOptimising() {
        return compiler == JavaCommand.Compiler.OPTIMISING;
    }

    /** The jar that starts the program of a module. */
    public Path jar(String module) {
        return checkout.resolve(module).resolve(build).resolve("quarkus-app/quarkus-run.jar");
    }

    /** PostgreSQL's unpacked programs, which every home of the checkout shares. */
    public Path software() {
        return checkout.resolve(".gyre").resolve("software");
    }

    /** The ports, counted from the base. */
    public Ports ports() {
        return new Ports(portBase, workers);
    }
}
