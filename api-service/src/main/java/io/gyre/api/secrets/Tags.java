package io.gyre.api.secrets;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.api.wire.KmsFaults;
import io.gyre.api.wire.WireJson;
import io.gyre.rpc.RpcFault;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The tags of a secret: {@code [{"TagKey":"k","TagValue":"v"}]}, at most 20, each key once. */
final class Tags {
    private static final String PARAMETER = "Tags";
    private static final int LIMIT = 20;
    private static final Pattern KEY = Pattern.compile("(?!aliyun|acs:)[\\p{L}\\p{N}/\\\\_.+=:@ -]{1,128}");
    private static final Pattern VALUE = Pattern.compile("[\\p{L}\\p{N}/\\\\_.+=:@ -]{0,128}");

    private Tags() {}

    /**
     * The parameter, as it is stored.
     *
     * @throws RpcFault InvalidParameter
     */
    static String given(@Nullable String text) {
        ArrayNode tags = JsonNodeFactory.instance.arrayNode();
        if (text == null || text.isEmpty()) {
            return tags.toString();
        }
        Set<String> keys = new HashSet<>();
        for (JsonNode tag : WireJson.array(PARAMETER, text)) {
            WireJson.only(PARAMETER, tag, Set.of("TagKey", "TagValue"));
            String key = tag.path("TagKey").asText();
            String value = tag.path("TagValue").asText();
            if (!KEY.matcher(key).matches() || !VALUE.matcher(value).matches()) {
                throw KmsFaults.invalid(
                        PARAMETER,
                        "keys have 1 to 128, values at most 128 letters, digits, spaces and / \\ _ . + = : @ -; a key"
                                + " begins with neither aliyun nor acs:.");
            }
            if (!keys.add(key)) {
                throw KmsFaults.invalid(PARAMETER, "each key may stand there once.");
            }
            tags.addObject().put("TagKey", key).put("TagValue", value);
        }
        if (tags.size() > LIMIT) {
            throw KmsFaults.invalid(PARAMETER, "a secret has at most " + LIMIT + " tags.");
        }
        return tags.toString();
    }

    /** Adds {@code {"Tags":{"Tag":[…]}}}. */
    static void describe(ObjectNode answer, String stored) {
        WireJson.list(answer, PARAMETER, "Tag").addAll(WireJson.array(PARAMETER, stored));
    }
}
