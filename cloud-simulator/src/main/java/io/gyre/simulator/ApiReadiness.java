package io.gyre.simulator;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready once the API listens, which is the last thing to begin. */
@Readiness
@Singleton
class ApiReadiness implements HealthCheck {
    private final Simulator simulator;

    ApiReadiness(Simulator simulator) {
        this.simulator = simulator;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("api").status(simulator.port() != null).build();
    }
}
