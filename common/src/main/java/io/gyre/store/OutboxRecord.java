package io.gyre.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.ColumnTransformer;
import org.jspecify.annotations.Nullable;

/** What is still to be told to Kafka: a CloudEvent and its topic. */
@Entity
@Table(name = "outbox")
public class OutboxRecord {
    /** Records leave in this order. */
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    @Column(name = "outbox_id")
    private long outboxId;

    @Column(name = "topic")
    private String topic;

    @Column(name = "record_key")
    private String recordKey;

    @Column(name = "event_id")
    private UUID eventId;

    @Column(name = "event_type")
    private String eventType;

    @Column(name = "event_time")
    private Instant eventTime;

    @Column(name = "event_source")
    private @Nullable String eventSource;

    @Column(name = "trace_parent")
    private @Nullable String traceParent;

    @Column(name = "data")
    // Bound as text: bound as jsonb, the PostgreSQL client would encode the text as one JSON string.
    @ColumnTransformer(read = "cast(data as text)", write = "cast(cast(? as text) as jsonb)")
    private String data;

    protected OutboxRecord() {}

    /**
     * @param recordKey the secret's ARN
     * @param eventId of its own, wherever and however often it is told
     * @param eventTime on the wall clock
     * @param data the JSON object; it holds no secrets
     */
    public OutboxRecord(
            String topic, String recordKey, UUID eventId, String eventType, Instant eventTime, String data) {
        this.topic = topic;
        this.recordKey = recordKey;
        this.eventId = eventId;
        this.eventType = eventType;
        this.eventTime = eventTime;
        this.data = data;
    }

    /** @param source who tells it; null where this installation does */
    public OutboxRecord from(@Nullable String source) {
        this.eventSource = source;
        return this;
    }

    /** @param parent the W3C trace context of what caused it; null where nobody traces that */
    public OutboxRecord causedBy(@Nullable String parent) {
        this.traceParent = parent;
        return this;
    }

    public long outboxId() {
        return outboxId;
    }

    public String topic() {
        return topic;
    }

    public String recordKey() {
        return recordKey;
    }

    public UUID eventId() {
        return eventId;
    }

    public String eventType() {
        return eventType;
    }

    public Instant eventTime() {
        return eventTime;
    }

    /** The CloudEvents source; null where this installation is. */
    public @Nullable String eventSource() {
        return eventSource;
    }

    /** The W3C trace context of what caused it. */
    public @Nullable String traceParent() {
        return traceParent;
    }

    public String data() {
        return data;
    }
}
