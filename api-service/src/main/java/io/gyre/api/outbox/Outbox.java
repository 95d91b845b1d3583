package io.gyre.api.outbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gyre.store.OutboxRecord;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** Takes what Kafka is to be told, as a part of the transaction that makes it true. */
@ApplicationScoped
public class Outbox {
    private final ObjectMapper json;

    Outbox(ObjectMapper json) {
        this.json = json;
    }

    /**
     * Writes one event. Whoever writes two events of one secret holds its row, so that they are numbered in the order
     * in which they become true.
     *
     * @param secretArn the record's key
     * @param type the CloudEvents type
     * @param time on the wall clock
     * @param event a record of {@link io.gyre.event}, without secrets
     */
    public Uni<Void> put(
            Mutiny.StatelessSession session, String topic, String secretArn, String type, Instant time, Object event) {
        return put(session, topic, secretArn, UUID.randomUUID(), type, time, event, null);
    }

    /**
     * As {@link #put}, under an id that is kept elsewhere too.
     *
     * @param traceParent the W3C trace context of what caused it; null where nobody traces that
     */
    public Uni<Void> put(
            Mutiny.StatelessSession session,
            String topic,
            String secretArn,
            UUID eventId,
            String type,
            Instant time,
            Object event,
            @Nullable String traceParent) {
        return session.insert(
                new OutboxRecord(topic, secretArn, eventId, type, time, text(event)).causedBy(traceParent));
    }

    private String text(Object event) {
        try {
            return json.writeValueAsString(event);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Cannot write " + event.getClass().getSimpleName() + " as JSON.", e);
        }
    }
}
