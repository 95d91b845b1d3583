package io.gyre.worker.process;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.gyre.event.RotationRequested;
import io.gyre.metrics.Meter;
import io.gyre.metrics.Metrics;
import io.gyre.trace.GyreAttributes;
import io.gyre.trace.TraceParent;
import io.gyre.trace.Traces;
import io.gyre.worker.engine.Engine;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/**
 * Wakes the engine for each request record and lets the record go at once: what it asks for is in PostgreSQL. A record
 * that is no request goes to the dead letters, by the channel's failure strategy.
 */
@ApplicationScoped
public class Requests {
    private static final String GROUP = "gyre-rotation-workers";
    private static final String PROCESS = "process";

    private final Engine engine;
    private final ObjectMapper json;
    private final Metrics metrics;
    private final Traces traces;

    @Inject
    Requests(Engine engine, ObjectMapper json, Metrics metrics, Traces traces) {
        this.engine = engine;
        this.json = json;
        this.metrics = metrics;
        this.traces = traces;
    }

    @Incoming("requests")
    void wake(ConsumerRecord<String, byte[]> request) throws IOException {
        UUID rotation = rotation(request.value());
        Header parent = request.headers().lastHeader(TraceParent.HEADER);
        if (traces.areOn() && parent != null) {
            processed(request, rotation, new String(parent.value(), StandardCharsets.UTF_8));
        }
        engine.wake(rotation);
    }

    /** The record's part in the rotation's trace: that it came, when, and to which worker. */
    private void processed(ConsumerRecord<String, byte[]> request, UUID rotation, String parent) {
        traces.span(
                        "process " + request.topic(),
                        SpanKind.CONSUMER,
                        TraceParent.context(parent),
                        Attributes.builder()
                                .put(GyreAttributes.MESSAGING_SYSTEM, GyreAttributes.KAFKA)
                                .put(GyreAttributes.MESSAGING_DESTINATION, request.topic())
                                .put(GyreAttributes.MESSAGING_OPERATION, PROCESS)
                                .put(GyreAttributes.MESSAGING_OPERATION_TYPE, PROCESS)
                                .put(GyreAttributes.MESSAGING_GROUP, GROUP)
                                .put(GyreAttributes.ROTATION_ID, rotation.toString())
                                .build())
                .startSpan()
                .end();
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
