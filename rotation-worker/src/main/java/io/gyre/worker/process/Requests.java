package io.gyre.worker.process;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.gyre.event.RotationRequested;
import io.gyre.worker.engine.Engine;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.Objects;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/**
 * Wakes the engine for each request record and lets the record go at once: what it asks for is in PostgreSQL. A record
 * that is no request goes to the dead letters, by the channel's failure strategy.
 */
@ApplicationScoped
public class Requests {
    private final Engine engine;
    private final ObjectMapper json;

    @Inject
    Requests(Engine engine, ObjectMapper json) {
        this.engine = engine;
        this.json = json;
    }

    @Incoming("requests")
    void wake(byte[] value) throws IOException {
        RotationRequested request = json.readValue(value, RotationRequested.class);
        engine.wake(Objects.requireNonNull(request.rotationId(), "A request names its rotation."));
    }
}
