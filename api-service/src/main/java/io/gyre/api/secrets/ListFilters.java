package io.gyre.api.secrets;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.gyre.api.wire.KmsFaults;
import io.gyre.api.wire.PlainText;
import io.gyre.api.wire.WireJson;
import io.gyre.rpc.RpcFault;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The parameter Filters: {@code [{"Key":"SecretName","Values":["a","b"]}]}. The values of one key are alternatives, the
 * keys are conditions that hold together; a key without values is no condition.
 */
final class ListFilters {
    private static final String PARAMETER = "Filters";
    private static final int PAIRS = 10;
    private static final int VALUES = 10;
    private static final int VALUE_LIMIT = 256;

    /** What can be asked for, by its name on the wire. */
    enum Key {
        SECRET_NAME("SecretName"),
        DESCRIPTION("Description"),
        TAG_KEY("TagKey"),
        TAG_VALUE("TagValue"),
        SECRET_TYPE("SecretType"),
        INSTANCE("DKMSInstanceId");

        private final String wireName;

        Key(String wireName) {
            this.wireName = wireName;
        }
    }

    private final Map<Key, ArrayNode> values = new EnumMap<>(Key.class);

    private ListFilters() {}

    /** @throws RpcFault InvalidParameter */
    static ListFilters given(@Nullable String text) {
        ListFilters filters = new ListFilters();
        if (text == null || text.isEmpty()) {
            return filters;
        }
        ArrayNode pairs = WireJson.array(PARAMETER, text);
        if (pairs.size() > PAIRS) {
            throw KmsFaults.invalid(PARAMETER, "it may have at most " + PAIRS + " keys.");
        }
        pairs.forEach(filters::add);
        return filters;
    }

    /** The alternatives for a key as a JSON array of texts; empty where the key is no condition. */
    String alternatives(Key key) {
        ArrayNode given = values.get(key);
        return given == null ? "[]" : given.toString();
    }

    private void add(JsonNode pair) {
        WireJson.only(PARAMETER, pair, Set.of("Key", "Values"));
        ArrayNode alternatives = JsonNodeFactory.instance.arrayNode();
        JsonNode given = pair.path("Values");
        if (!given.isMissingNode() && !given.isArray()) {
            throw KmsFaults.invalid(PARAMETER, "Values must be an array.");
        }
        for (JsonNode value : given) {
            if (!value.isTextual() || !PlainText.isName(value.textValue(), VALUE_LIMIT)) {
                throw KmsFaults.invalid(
                        PARAMETER, "each of Values must be a text of 1 to " + VALUE_LIMIT + " characters.");
            }
            alternatives.add(value.textValue());
        }
        if (alternatives.size() > VALUES) {
            throw KmsFaults.invalid(PARAMETER, "a key may have at most " + VALUES + " values.");
        }
        if (values.put(key(pair), alternatives) != null) {
            throw KmsFaults.invalid(PARAMETER, "each key may stand there once.");
        }
    }

    private static Key key(JsonNode pair) {
        String name = pair.path("Key").asText();
        for (Key key : Key.values()) {
            if (key.wireName.equals(name)) {
                return key;
            }
        }
        throw KmsFaults.invalid(
                PARAMETER, "Key must be one of SecretName, Description, TagKey, TagValue, SecretType, DKMSInstanceId.");
    }
}
