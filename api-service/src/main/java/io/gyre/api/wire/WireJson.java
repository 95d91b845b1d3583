package io.gyre.api.wire;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.rpc.RpcFault;
import java.util.Iterator;
import java.util.Set;

/** JSON inside parameters, read strictly, and the answers' objects. What is refused is not quoted: it may be secret. */
public final class WireJson {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private WireJson() {}

    /** An answer to be filled. */
    public static ObjectNode answer() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** Adds an empty list inside its wrapper, as in {@code {"VersionStages":{"VersionStage":[]}}}. */
    public static ArrayNode list(ObjectNode answer, String wrapper, String element) {
        return answer.putObject(wrapper).putArray(element);
    }

    /** @throws RpcFault InvalidParameter where the text is no JSON object, or names a field twice */
    public static ObjectNode object(String parameter, String text) {
        if (read(parameter, text) instanceof ObjectNode object) {
            return object;
        }
        throw KmsFaults.invalid(parameter, "it must be a JSON object.");
    }

    /** @throws RpcFault InvalidParameter where the text is no JSON array */
    public static ArrayNode array(String parameter, String text) {
        if (read(parameter, text) instanceof ArrayNode array) {
            return array;
        }
        throw KmsFaults.invalid(parameter, "it must be a JSON array.");
    }

    /**
     * A text that a program or a person can name something by.
     *
     * @param limit in characters
     * @throws RpcFault InvalidParameter where the field is absent, empty, no text, too long, or holds control characters
     */
    public static String name(String parameter, JsonNode object, String field, int limit) {
        String value = value(parameter, object, field);
        if (!PlainText.isName(value, limit)) {
            throw KmsFaults.invalid(
                    parameter,
                    "its field " + field + " must have at most " + limit + " characters, and no control characters.");
        }
        return value;
    }

    /**
     * A text of any characters that UTF-8 can carry.
     *
     * @throws RpcFault InvalidParameter where the field is absent, empty or no text
     */
    public static String value(String parameter, JsonNode object, String field) {
        JsonNode value = object.path(field);
        if (!value.isTextual() || value.textValue().isEmpty()) {
            throw KmsFaults.invalid(parameter, "its field " + field + " must be a text that is not empty.");
        }
        if (!PlainText.isEncodable(value.textValue())) {
            throw KmsFaults.invalid(parameter, "its field " + field + " holds half of a surrogate pair.");
        }
        return value.textValue();
    }

    /** @throws RpcFault InvalidParameter where the object has other fields, which would be lost in silence */
    public static void only(String parameter, JsonNode object, Set<String> fields) {
        for (Iterator<String> names = object.fieldNames(); names.hasNext(); ) {
            if (!fields.contains(names.next())) {
                throw KmsFaults.invalid(
                        parameter,
                        "it may have no fields but "
                                + String.join(", ", fields.stream().sorted().toList()) + ".");
            }
        }
    }

    private static JsonNode read(String parameter, String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw KmsFaults.invalid(parameter, "it is not well-formed JSON, or names a field twice.");
        }
    }
}
