package io.gyre.api.secrets;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.gyre.api.wire.KmsFaults;
import io.gyre.api.wire.PlainText;
import io.gyre.api.wire.WireJson;
import io.gyre.rpc.RpcFault;
import io.gyre.secret.SecretType;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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
    private static final Pattern TAG = Pattern.compile("[\\p{L}\\p{N}/\\\\_.+=:@ -]{1,256}");

    /** What can be asked for, by its name on the wire, with what a value may be. */
    enum Key {
        SECRET_NAME("SecretName", SecretNames::isName, "what a secret can be called"),
        DESCRIPTION("Description", ListFilters::isText, "1 to " + VALUE_LIMIT + " characters"),
        TAG_KEY("TagKey", ListFilters::isTag, "1 to " + VALUE_LIMIT + " characters that tags can have"),
        TAG_VALUE("TagValue", ListFilters::isTag, "1 to " + VALUE_LIMIT + " characters that tags can have"),
        SECRET_TYPE("SecretType", ListFilters::isText, "1 to " + VALUE_LIMIT + " characters"),
        INSTANCE("DKMSInstanceId", ListFilters::isText, "1 to " + VALUE_LIMIT + " characters"),
        CREATOR("Creator", ListFilters::isText, "1 to " + VALUE_LIMIT + " characters");

        private final String wireName;

        @SuppressWarnings("ImmutableEnumChecker") // Method references, without state.
        private final Predicate<String> admits;

        private final String rule;

        Key(String wireName, Predicate<String> admits, String rule) {
            this.wireName = wireName;
            this.admits = admits;
            this.rule = rule;
        }

        /** The value as it is compared: the documentation spells Rds in capitals here, and only here. */
        private String compared(String value) {
            return this == SECRET_TYPE && value.equalsIgnoreCase(SecretType.RDS.wireName())
                    ? SecretType.RDS.wireName()
                    : value;
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
        Key key = key(pair);
        ArrayNode alternatives = JsonNodeFactory.instance.arrayNode();
        JsonNode given = pair.path("Values");
        if (!given.isMissingNode() && !given.isArray()) {
            throw KmsFaults.invalid(PARAMETER, "Values must be an array.");
        }
        for (JsonNode value : given) {
            if (!value.isTextual() || !key.admits.test(value.textValue())) {
                throw KmsFaults.invalid(
                        PARAMETER, "each of the Values of " + key.wireName + " must be " + key.rule + ".");
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

    private static Key key(JsonNode pair) {
        String name = pair.path("Key").asText();
        for (Key key : Key.values()) {
            if (key.wireName.equals(name)) {
                return key;
            }
        }
        throw KmsFaults.invalid(
                PARAMETER,
                "Key must be one of "
                        + Arrays.stream(Key.values()).map(key -> key.wireName).collect(Collectors.joining(", ")) + ".");
    }

    private static boolean isText(String value) {
        return PlainText.isName(value, VALUE_LIMIT);
    }

    private static boolean isTag(String value) {
        return TAG.matcher(value).matches();
    }
}
