package io.gyre.event;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The JSON Schema of a record: open, since a field may be added without another version of the type. */
final class DataSchema {
    private DataSchema() {}

    static ObjectNode of(Class<?> event) {
        EventSource source = EventSource.of(event);
        Map<String, String> said = source.components();
        ObjectNode schema = JsonNodeFactory.instance.objectNode();
        schema.put("type", "object").put("description", source.summary());
        ArrayNode required = schema.putArray("required");
        ObjectNode properties = schema.putObject("properties");
        for (RecordComponent component : event.getRecordComponents()) {
            JsonProperty renamed = component.getAccessor().getAnnotation(JsonProperty.class);
            String name = renamed == null ? component.getName() : renamed.value();
            ObjectNode property = properties.putObject(name);
            describe(property, component.getType());
            String description = said.get(component.getName());
            if (description != null) {
                property.put("description", description);
            }
            if (!component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
                required.add(name);
            }
        }
        return schema;
    }

    private static void describe(ObjectNode property, Class<?> type) {
        if (type == String.class) {
            property.put("type", "string");
        } else if (type == UUID.class) {
            property.put("type", "string").put("format", "uuid");
        } else if (type == Instant.class) {
            property.put("type", "string").put("format", "date-time");
        } else if (type == int.class || type == long.class) {
            property.put("type", "integer");
        } else if (type == SortedMap.class) {
            property.put("type", "object").putObject("additionalProperties").put("type", "string");
        } else if (type.isRecord()) {
            property.setAll(of(type));
        } else {
            throw new AssertionError("Say what " + type + " is in JSON");
        }
    }
}
