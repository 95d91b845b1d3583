package io.gyre.api.outbox;

import io.gyre.api.access.Installation;
import io.gyre.store.OutboxRecord;
import io.gyre.trace.GyreAttributes;
import io.gyre.trace.TraceParent;
import io.gyre.trace.Traces;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.ce.OutgoingCloudEventMetadata;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.List;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;

/** Writes outbox records to Kafka as CloudEvents 1.0 in binary mode: attributes in headers, data as the value. */
@ApplicationScoped
class KafkaSender {
    private static final String SEND = "send";

    private final MutinyEmitter<String> emitter;
    private final URI installation;
    private final Traces traces;

    KafkaSender(@Channel("outbox") MutinyEmitter<String> emitter, Installation installation, Traces traces) {
        this.emitter = emitter;
        this.traces = traces;
        this.installation = URI.create("/gyre/" + installation.account());
    }

    /**
     * Sends in the order given.
     *
     * @return completes, on a thread of Kafka's client, once every replica in sync has all of them; fails once it is
     *     known of each record whether it was written, where one was not
     */
    Uni<Void> send(List<OutboxRecord> records) {
        return Uni.join()
                .all(records.stream().map(this::send).toList())
                .andCollectFailures()
                .replaceWithVoid();
    }

    private Uni<Void> send(OutboxRecord record) {
        Uni<Void> sent = Uni.createFrom()
                .deferred(() ->
                        emitter.sendMessage(Message.of(record.data(), Metadata.of(event(record), address(record)))));
        return traces.areOn() && record.traceParent() != null
                ? Traces.during(carrier -> span(record), sent, (span, nothing) -> {})
                : sent;
    }

    private SpanBuilder span(OutboxRecord record) {
        return traces.span(
                SEND + " " + record.topic(),
                SpanKind.CLIENT,
                TraceParent.context(record.traceParent()),
                Attributes.builder()
                        .put(GyreAttributes.MESSAGING_SYSTEM, GyreAttributes.KAFKA)
                        .put(GyreAttributes.MESSAGING_DESTINATION, record.topic())
                        .put(GyreAttributes.MESSAGING_OPERATION, SEND)
                        .put(GyreAttributes.MESSAGING_OPERATION_TYPE, SEND)
                        .build());
    }

    private OutgoingCloudEventMetadata<?> event(OutboxRecord record) {
        return OutgoingCloudEventMetadata.builder()
                .withId(record.eventId().toString())
                .withSource(source(record))
                .withType(record.eventType())
                .withSubject(record.recordKey())
                .withTimestamp(record.eventTime().atZone(ZoneOffset.UTC))
                .withDataContentType("application/json")
                .build();
    }

    private URI source(OutboxRecord record) {
        String source = record.eventSource();
        return source == null ? installation : URI.create(source);
    }

    private static OutgoingKafkaRecordMetadata<?> address(OutboxRecord record) {
        RecordHeaders headers = new RecordHeaders();
        String traceParent = record.traceParent();
        if (traceParent != null) {
            headers.add(TraceParent.HEADER, traceParent.getBytes(StandardCharsets.UTF_8));
        }
        return OutgoingKafkaRecordMetadata.<String>builder()
                .withTopic(record.topic())
                .withKey(record.recordKey())
                .withHeaders(headers)
                .build();
    }
}
