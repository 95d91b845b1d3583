package io.gyre.worker.process;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.gyre.event.RotationRequested;
import io.gyre.metrics.Meter;
import io.gyre.metrics.Metrics;
import io.gyre.worker.engine.Engine;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.Objects;
import java.util.UUID;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/**
 * Wakes the engine for each request record and lets the record go at once: what it asks for is in PostgreSQL. A record
 * that is no request goes to the dead letters, by the channel's failure strategy.
 */
@ApplicationScoped
public class Requests {
    private final Engine engine;
    private final ObjectMapper json;
    private final Metrics metrics;

    @Inject
    Requests(Engine engine, ObjectMapper json, Metrics metrics) {
        this.engine = engine;
        this.json = json;
        this.metrics = metrics;
    }

    @Incoming("requests")
    void wake(byte[] value) throws IOException {
        engine.wake(rotation(value));
    }

    private UUID rotation(byte[] value) throws IOException {
        try {
            RotationRequested request = json.readValue(value, RotationRequested.class);
            return Objects.requireNonNull(request.rotationId(), "A request names its rotation.");
        } catch (IOException | RuntimeException e) {
            metrics.count(Meter.DEAD_LETTER);
            throw e;
        }
    }
}
