package io.gyre.api;

import io.gyre.api.wire.ApiServer;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready once the KMS API listens, which comes after the migrations, the calendar, the root keys and the audit log. That the
 * database answers, and that the process is not asked to end, are checks of the framework.
 */
@Readiness
@Singleton
class ApiReadiness implements HealthCheck {
    private final ApiServer server;

    ApiReadiness(ApiServer server) {
        this.server = server;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("The KMS API listens")
                .status(server.listens())
                .build();
    }
}
