package io.gyre.compatibility;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Collection;
import java.util.Map;

/**
 * Where the SDKs are pointed.
 *
 * @param address {@code host:port}, over HTTPS
 */
record Endpoint(String address, String region, String accessKeyId, String accessKeySecret) {
    private static final JsonMapper JSON = new JsonMapper();

    /** A map or list as the JSON text that most SDKs expect; anything else as it is. */
    static Object asText(Object value) {
        if (!(value instanceof Map) && !(value instanceof Collection)) {
            return value;
        }
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("No JSON: " + value, e);
        }
    }
}
