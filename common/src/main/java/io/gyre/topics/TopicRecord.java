package io.gyre.topics;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * A record as people and programs read it. What is no CloudEvent, as a dead letter may be, is shown as the text or the bytes
 * that it is.
 */
public final class TopicRecord {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ATTRIBUTE = "ce_";

    /** Of the calendar and of the wall clock. */
    private static final Set<String> TIMES = Set.of("at", "atWall");

    private final ConsumerRecord<byte[], byte[]> record;

    public TopicRecord(ConsumerRecord<byte[], byte[]> record) {
        this.record = record;
    }

    /** When it was written, by the wall clock. */
    public Instant at() {
        return Instant.ofEpochMilli(record.timestamp());
    }

    /** Its partition and its offset there, for example {@code 0-17}. */
    public String place() {
        return record.partition() + "-" + record.offset();
    }

    /** Of the CloudEvent; empty for what is none. */
    public String type() {
        return safe(header("ce_type"));
    }

    /** What it is about: the CloudEvent's subject, or else the record's key. */
    public String subject() {
        String subject = header("ce_subject");
        return safe(subject.isEmpty() && record.key() != null ? decoded(record.key()) : subject);
    }

    /** What happened, on one line: its sentence where the event has one, or else its data. */
    public String what() {
        JsonNode data = data();
        if (data == null) {
            return safe(text());
        }
        return safe(data.hasNonNull("note") ? sentence(data) : data.toString());
    }

    /** The same for whoever sees the time and the subject beside it: data is told without them. */
    public String whatElse() {
        JsonNode data = data();
        return data == null || !data.isObject() || data.hasNonNull("note") ? what() : safe(facts(data));
    }

    private String facts(JsonNode data) {
        String subject = header("ce_subject");
        return data.properties().stream()
                .filter(each -> !TIMES.contains(each.getKey()))
                .filter(each -> !each.getValue().asText().equals(subject))
                .map(each -> each.getKey() + "="
                        + (each.getValue().isTextual()
                                ? each.getValue().asText()
                                : each.getValue().toString()))
                .collect(Collectors.joining(", "));
    }

    private static String sentence(JsonNode data) {
        String note = data.path("note").asText();
        String finding = data.path("finding").asText();
        return data.path("state").asText() + ": "
                + (finding.isEmpty() || finding.equals(note) ? note : note + ": " + finding);
    }

    /** On one line: where it is, and the event as CloudEvents writes one in JSON, or what is there instead. */
    public String json() {
        ObjectNode all = JSON.createObjectNode()
                .put("topic", record.topic())
                .put("partition", record.partition())
                .put("offset", record.offset());
        JsonNode data = data();
        if (data == null) {
            all.put("key", record.key() == null ? null : decoded(record.key()));
            all.put("value", text());
            return all.toString();
        }
        ObjectNode event = all.putObject("event");
        record.headers().forEach(header -> {
            if (header.key().startsWith(ATTRIBUTE)) {
                event.put(header.key().substring(ATTRIBUTE.length()), header(header.key()));
            }
        });
        if (!header("traceparent").isEmpty()) {
            event.put("traceparent", header("traceparent"));
        }
        event.put("datacontenttype", "application/json");
        event.set("data", data);
        return all.toString();
    }

    private @Nullable JsonNode data() {
        if (header("ce_type").isEmpty() || record.value() == null) {
            return null;
        }
        try {
            return JSON.readTree(record.value());
        } catch (JsonProcessingException e) {
            return null;
        } catch (IOException e) {
            throw new IllegalStateException("bytes in memory cannot fail to be read", e);
        }
    }

    private String text() {
        return record.value() == null ? "(no value)" : decoded(record.value());
    }

    private String header(String name) {
        Header header = record.headers().lastHeader(name);
        return header == null || header.value() == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }

    private static String decoded(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return "Base64 " + Base64.getEncoder().encodeToString(bytes);
        }
    }

    /** A terminal takes no orders from a record, nor does a page. */
    private static String safe(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }
}
