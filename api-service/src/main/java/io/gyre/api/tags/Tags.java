package io.gyre.api.tags;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.api.wire.KmsFaults;
import io.gyre.api.wire.WireJson;
import io.gyre.rpc.RpcFault;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The tags of one resource: at most 20, each key once.
 *
 * @param values by key, in the order in which they were set
 */
public record Tags(Map<String, String> values) {
    /** How many a resource can have. */
    public static final int LIMIT = 20;

    private static final String PARAMETER = "Tags";
    private static final String KEY_FIELD = "TagKey";
    private static final String VALUE_FIELD = "TagValue";
    private static final Pattern KEY = Pattern.compile("(?!aliyun|acs:)[\\p{L}\\p{N}/\\\\_.+=:@ -]{1,128}");
    private static final Pattern VALUE = Pattern.compile("[\\p{L}\\p{N}/\\\\_.+=:@ -]{0,128}");

    public Tags {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /**
     * The parameter Tags, {@code [{"TagKey":"k","TagValue":"v"}]}; no tags where it was not given.
     *
     * @throws RpcFault InvalidParameter
     */
    public static Tags given(@Nullable String text) {
        Map<String, String> values = new LinkedHashMap<>();
        if (text == null || text.isEmpty()) {
            return new Tags(values);
        }
        for (JsonNode tag : WireJson.array(PARAMETER, text)) {
            WireJson.only(PARAMETER, tag, Set.of(KEY_FIELD, VALUE_FIELD));
            String key = tag.path(KEY_FIELD).asText();
            String value = tag.path(VALUE_FIELD).asText();
            if (!isKey(key) || !isValue(value)) {
                throw KmsFaults.invalid(
                        PARAMETER,
                        "keys have 1 to 128, values at most 128 letters, digits, spaces and / \\ _ . + = : @ -; a key"
                                + " begins with neither aliyun nor acs:.");
            }
            if (values.put(key, value) != null) {
                throw KmsFaults.invalid(PARAMETER, "each key may stand there once.");
            }
        }
        return new Tags(values).limited(PARAMETER);
    }

    /** Reads what {@link #toJson} wrote. */
    public static Tags stored(String json) {
        Map<String, String> values = new LinkedHashMap<>();
        for (JsonNode tag : WireJson.array(PARAMETER, json)) {
            values.put(tag.path(KEY_FIELD).asText(), tag.path(VALUE_FIELD).asText());
        }
        return new Tags(values);
    }

    public static boolean isKey(String text) {
        return KEY.matcher(text).matches();
    }

    public static boolean isValue(String text) {
        return VALUE.matcher(text).matches();
    }

    /** As the tags are stored. */
    public String toJson() {
        return array().toString();
    }

    /** Adds {@code {"Tags":{"Tag":[…]}}}. */
    public void describe(ObjectNode answer) {
        WireJson.list(answer, PARAMETER, "Tag").addAll(array());
    }

    /**
     * These and others, whose values go before those that the resource has.
     *
     * @param parameter where the others were given, for the refusal
     * @throws RpcFault InvalidParameter where that makes more than 20
     */
    Tags with(Tags others, String parameter) {
        Map<String, String> all = new LinkedHashMap<>(values);
        all.putAll(others.values);
        return new Tags(all).limited(parameter);
    }

    /** What remains without these keys, of which some may not be there. */
    Tags without(Collection<String> keys) {
        Map<String, String> rest = new LinkedHashMap<>(values);
        rest.keySet().removeAll(keys);
        return new Tags(rest);
    }

    private Tags limited(String parameter) {
        if (values.size() > LIMIT) {
            throw KmsFaults.invalid(parameter, "a secret or key has at most " + LIMIT + " tags.");
        }
        return this;
    }

    private ArrayNode array() {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        values.forEach((key, value) -> array.addObject().put(KEY_FIELD, key).put(VALUE_FIELD, value));
        return array;
    }
}
