package io.gyre.rpc;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** JSON as the SDKs send and read it: raw UTF-8, nothing escaped that need not be, no name twice. */
final class Json {
    static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private Json() {}

    /**
     * The fields of a JSON body as parameters: texts, numbers and booleans as text, objects and arrays as JSON text,
     * nulls left out.
     *
     * @throws RpcFault where the body is no JSON object; its text is not repeated, for it may hold secrets
     */
    static SortedMap<String, String> parameters(String body) {
        JsonNode root;
        try {
            root = MAPPER.readTree(body);
        } catch (JsonProcessingException e) {
            throw GatewayFaults.unreadable("the body is not well-formed JSON, or gives a name twice.");
        }
        if (!root.isObject()) {
            throw GatewayFaults.unreadable("the JSON body must be an object.");
        }
        SortedMap<String, String> parameters = new TreeMap<>();
        for (var field : root.properties()) {
            JsonNode value = field.getValue();
            if (!value.isNull()) {
                parameters.put(field.getKey(), encodable(value.isContainerNode() ? value.toString() : value.asText()));
            }
        }
        return parameters;
    }

    /** @throws RpcFault InvalidParameter where the text is no JSON array of texts or numbers */
    static List<String> texts(String name, String array) {
        List<String> texts = new ArrayList<>();
        try {
            JsonNode root = MAPPER.readTree(array);
            if (root.isArray()) {
                for (JsonNode element : root) {
                    if (!element.isValueNode() || element.isNull()) {
                        throw GatewayFaults.invalid(name, "each element of the array must be a text.");
                    }
                    texts.add(element.asText());
                }
                return List.copyOf(texts);
            }
        } catch (JsonProcessingException e) {
            // Said below: the same for what is no JSON and for JSON that is no array.
        }
        throw GatewayFaults.invalid(name, "it must be a JSON array, for example [\"a\",\"b\"].");
    }

    /** JSON can name half of a surrogate pair, which no answer could carry. */
    private static String encodable(String text) {
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw GatewayFaults.unreadable("the body holds half of a surrogate pair.");
        }
        return text;
    }
}
