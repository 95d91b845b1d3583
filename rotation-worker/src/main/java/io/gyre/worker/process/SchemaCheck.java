package io.gyre.worker.process;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** A worker is ready once the tables are there and it has begun to look for work. */
@Readiness
@ApplicationScoped
class SchemaCheck implements HealthCheck {
    private final Schema schema;

    @Inject
    SchemaCheck(Schema schema) {
        this.schema = schema;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("The tables are there")
                .status(schema.isPresent())
                .build();
    }
}
