package io.gyre.api.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.gyre.rpc.RpcFault;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The parameter Filters of the listing actions: {@code [{"Key":"SecretName","Values":["a","b"]}]}. The values of one key
 * are alternatives, the keys are conditions that hold together; a key without values is no condition.
 *
 * @param <K> what can be asked for
 */
public final class Filters<K extends Enum<K> & Filters.Key> {
    private static final String PARAMETER = "Filters";
    private static final int PAIRS = 10;
    private static final int VALUES = 10;
    private static final int VALUE_LIMIT = 256;

    /** The rule of a value that may be any text, as {@link #isText} checks it. */
    public static final String TEXT_RULE = "1 to " + VALUE_LIMIT + " characters";

    /** Something that can be asked for. */
    public interface Key {
        String wireName();

        boolean admits(String value);

        /** What a value that is admitted looks like, as the end of "must be". */
        String rule();

        /** The value as it is compared. */
        default String compared(String value) {
            return value;
        }
    }

    private final Class<K> keys;
    private final Map<K, ArrayNode> values;

    private Filters(Class<K> keys) {
        this.keys = keys;
        this.values = new EnumMap<>(keys);
    }

    /** @throws RpcFault InvalidParameter */
    public static <K extends Enum<K> & Key> Filters<K> given(Class<K> keys, @Nullable String text) {
        Filters<K> filters = new Filters<>(keys);
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

    /** Whether a value has 1 to 256 characters, none of them a control character. */
    public static boolean isText(String value) {
        return PlainText.isName(value, VALUE_LIMIT);
    }

    /** The alternatives for a key as a JSON array of texts; empty where the key is no condition. */
    public String alternatives(K key) {
        ArrayNode given = values.get(key);
        return given == null ? "[]" : given.toString();
    }

    private void add(JsonNode pair) {
        WireJson.only(PARAMETER, pair, Set.of("Key", "Values"));
        K key = key(pair);
        ArrayNode alternatives = JsonNodeFactory.instance.arrayNode();
        JsonNode given = pair.path("Values");
        if (!given.isMissingNode() && !given.isArray()) {
            throw KmsFaults.invalid(PARAMETER, "Values must be an array.");
        }
        for (JsonNode value : given) {
            if (!value.isTextual() || !key.admits(value.textValue())) {
                throw KmsFaults.invalid(
                        PARAMETER, "each of the Values of " + key.wireName() + " must be " + key.rule() + ".");
            }
            alternatives.add(key.compared(value.textValue()));
        }
        if (alternatives.size() > VALUES) {
            throw KmsFaults.invalid(PARAMETER, "a key may have at most " + VALUES + " values.");
        }
        if (values.put(key, alternatives) != null) {
            throw KmsFaults.invalid(PARAMETER, "each key may stand there once.");
        }
    }

    private K key(JsonNode pair) {
        String name = pair.path("Key").asText();
        for (K key : keys.getEnumConstants()) {
            if (key.wireName().equals(name)) {
                return key;
            }
        }
        throw KmsFaults.invalid(
                PARAMETER,
                "Key must be one of "
                        + Arrays.stream(keys.getEnumConstants())
                                .map(Key::wireName)
                                .collect(Collectors.joining(", "))
                        + ".");
    }
}
