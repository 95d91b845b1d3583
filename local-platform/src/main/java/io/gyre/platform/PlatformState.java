package io.gyre.platform;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * What the running platform of a home tells other processes about itself, in {@code run/platform.properties}.
 *
 * @param portBase see {@link PlatformPlan}
 * @param speed see {@link PlatformPlan}
 * @param workers see {@link PlatformPlan}
 * @param healthyAfter how long the start took; null while it goes on
 */
public record PlatformState(
        int portBase, double speed, int workers, @Nullable Duration healthyAfter) {

    private static final String PORT_BASE = "port-base";
    private static final String SPEED = "speed";
    private static final String WORKERS = "workers";
    private static final String HEALTHY_AFTER = "healthy-after";

    static PlatformState of(PlatformPlan plan, @Nullable Duration healthyAfter) {
        return new PlatformState(plan.portBase(), plan.speed(), plan.workers(), healthyAfter);
    }

    /** The ports of the platform. */
    public Ports ports() {
        return new Ports(portBase, workers);
    }

    void write(Home home) {
        String text = PORT_BASE + "=" + portBase + "\n" + SPEED + "=" + speed + "\n"
                + WORKERS + "=" + workers + "\n"
                + (healthyAfter == null ? "" : HEALTHY_AFTER + "=" + healthyAfter + "\n");
        PrivateFile.write(file(home), text);
    }

    /** Forgets it; also what a platform that was killed left behind. */
    public static void forget(Home home) {
        try {
            Files.deleteIfExists(file(home));
        } catch (IOException e) {
            throw PrivateFile.cannotWrite(file(home), e);
        }
    }

    /** @return nothing if no platform was started there, or it was stopped; also what one that was killed left behind */
    public static Optional<PlatformState> of(Home home) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file(home))) {
            properties.load(reader);
            String healthyAfter = properties.getProperty(HEALTHY_AFTER);
            return Optional.of(new PlatformState(
                    Integer.parseInt(properties.getProperty(PORT_BASE)),
                    Double.parseDouble(properties.getProperty(SPEED)),
                    Integer.parseInt(properties.getProperty(WORKERS)),
                    healthyAfter == null ? null : Duration.parse(healthyAfter)));
        } catch (IOException | RuntimeException e) {
            // Absent, or not one that a platform wrote.
            return Optional.empty();
        }
    }

    private static Path file(Home home) {
        return home.run().resolve("platform.properties");
    }
}
