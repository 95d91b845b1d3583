package io.gyre.api.outbox;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Tells of Kafka's absence without taking the service out of use: secrets are read, and rotations are begun and
 * committed, without it.
 */
@Readiness
@ApplicationScoped
class RelayReadiness implements HealthCheck {
    private final RelayState relay;

    RelayReadiness(RelayState relay) {
        this.relay = relay;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder answer =
                HealthCheckResponse.named("Outbox relay to Kafka").up();
        relay.heldUp()
                .ifPresentOrElse(
                        heldUp -> answer.withData("relay", "held up")
                                .withData("since", heldUp.since().toString())
                                .withData("reason", heldUp.reason()),
                        () -> answer.withData("relay", "sends"));
        return answer.build();
    }
}
