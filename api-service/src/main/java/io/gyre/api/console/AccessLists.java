package io.gyre.api.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Lists as answers of the KMS and RAM APIs have them. */
final class AccessLists {
    private static final ObjectMapper JSON = new ObjectMapper();

    private AccessLists() {}

    /** In its two wrappers. */
    static List<JsonNode> of(JsonNode answer, String wrapper, String element) {
        return elements(answer.path(wrapper).path(element));
    }

    /**
     * The address at which a list of the RAM API goes on; empty where it has ended.
     *
     * @param path of the page
     * @param parameter that says there where to go on
     */
    static String more(JsonNode answer, String path, String parameter) {
        return answer.path("IsTruncated").asBoolean()
                ? ConsoleRoutes.ROOT + path + "?"
                        + new Query(Map.of(parameter, answer.path("Marker").asText())).text()
                : "";
    }

    /** Of an array; of all else nothing. */
    static List<JsonNode> elements(JsonNode array) {
        List<JsonNode> elements = new ArrayList<>();
        array.forEach(elements::add);
        return elements;
    }

    /** JSON that an answer holds as a text. */
    static JsonNode read(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("An answer of this installation holds JSON that is none.", e);
        }
    }

    /** Of an array of texts that an answer holds as a text. */
    static List<String> texts(String text) {
        return elements(read(text)).stream().map(JsonNode::asText).toList();
    }

    /** As people read it. */
    static String pretty(JsonNode json) {
        return json.toPrettyString();
    }
}
