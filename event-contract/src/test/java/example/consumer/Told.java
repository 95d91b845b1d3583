package example.consumer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudevents.CloudEvent;
import io.cloudevents.CloudEventData;
import io.cloudevents.kafka.CloudEventDeserializer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;

/** A record as the CloudEvents SDK reads it, and as it is. */
record Told(String topic, String key, long offset, CloudEvent event, ObjectNode headers, JsonNode data, String raw) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final CloudEventDeserializer DESERIALIZER = new CloudEventDeserializer();

    static Told of(ConsumerRecord<String, byte[]> record) {
        CloudEvent event = DESERIALIZER.deserialize(record.topic(), record.headers(), record.value());
        CloudEventData data = Objects.requireNonNull(event.getData());
        try {
            return new Told(
                    record.topic(),
                    record.key(),
                    record.offset(),
                    event,
                    headers(record.headers()),
                    JSON.readTree(data.toBytes()),
                    raw(record));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every byte of it that can hold text. */
    static String raw(ConsumerRecord<String, byte[]> record) {
        return record.key() + " " + headers(record.headers()) + " "
                + new String(record.value(), StandardCharsets.UTF_8);
    }

    String type() {
        return event.getType();
    }

    String field(String name) {
        return data.path(name).asText();
    }

    private static ObjectNode headers(Headers headers) {
        ObjectNode texts = JSON.createObjectNode();
        headers.forEach(header -> texts.put(header.key(), new String(header.value(), StandardCharsets.UTF_8)));
        return texts;
    }
}
