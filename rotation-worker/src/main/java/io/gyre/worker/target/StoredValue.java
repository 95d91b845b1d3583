package io.gyre.worker.target;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.gyre.secret.SecretText;

/** A credential as a secret keeps it: a JSON object of texts, of which some are names and some are secret. */
final class StoredValue {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final JsonNode value;

    private StoredValue(JsonNode value) {
        this.value = value;
    }

    /** @throws UnreadableValue where it is no JSON object */
    static StoredValue of(SecretText text) {
        JsonNode value;
        try {
            value = MAPPER.readTree(text.reveal());
        } catch (JsonProcessingException e) {
            // Its message quotes the text.
            throw new UnreadableValue("The stored credential is no JSON");
        }
        if (!value.isObject()) {
            throw new UnreadableValue("The stored credential is no JSON object");
        }
        return new StoredValue(value);
    }

    /** A field that may be shown. */
    String name(String field) {
        return text(field);
    }

    SecretText secret(String field) {
        return SecretText.of(text(field));
    }

    boolean has(String field) {
        return value.path(field).isTextual();
    }

    private String text(String field) {
        if (!has(field)) {
            throw new UnreadableValue("The stored credential has no " + field);
        }
        return value.path(field).asText();
    }
}
