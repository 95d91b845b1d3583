package io.gyre.api.tags;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.api.access.Installation;
import io.gyre.api.wire.KmsFaults;
import io.gyre.api.wire.WireJson;
import io.gyre.rpc.RpcFault;
import io.gyre.rpc.RpcRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The parameters of the newer tagging actions: ResourceId.N, Tag.N.Key, Tag.N.Value, TagKey.N. */
final class TagParameters {
    static final String RESOURCE_IDS = "ResourceId";
    static final String TAGS = "Tag";

    /** Of all products of Alibaba Cloud that have these actions. */
    private static final int RESOURCES = 50;

    private TagParameters() {}

    /** @throws RpcFault MissingParameter, or InvalidParameter where it is another region than this installation's */
    static void checkRegion(RpcRequest request, Installation installation) {
        if (!request.required("RegionId").equals(installation.region())) {
            throw KmsFaults.invalid("RegionId", "it must be " + installation.region() + ".");
        }
    }

    /**
     * At most 50.
     *
     * @throws RpcFault InvalidParameter
     */
    static List<String> resourceIds(RpcRequest request) {
        List<String> ids = request.list(RESOURCE_IDS);
        if (ids.size() > RESOURCES || ids.contains("")) {
            throw KmsFaults.invalid(RESOURCE_IDS, "it must list at most " + RESOURCES + " ids, none of them empty.");
        }
        return ids;
    }

    /**
     * At least one, at most 50.
     *
     * @throws RpcFault MissingParameter or InvalidParameter
     */
    static List<String> requiredResourceIds(RpcRequest request) {
        List<String> ids = resourceIds(request);
        if (ids.isEmpty()) {
            throw KmsFaults.missing(RESOURCE_IDS + ".1");
        }
        return ids;
    }

    /**
     * The tags to be set, at least one.
     *
     * @throws RpcFault MissingParameter, InvalidParameter.TagKey, InvalidParameter.TagValue, Duplicate.TagKey
     */
    static Tags tags(RpcRequest request) {
        Map<String, String> values = new LinkedHashMap<>();
        pairs(request).forEach((key, value) -> values.put(key, value == null ? "" : value));
        if (values.isEmpty()) {
            throw KmsFaults.missing(TAGS + ".1.Key");
        }
        return new Tags(values);
    }

    /**
     * The tags that resources are looked for by, as {@link TagQuery#carried} has them.
     *
     * @throws RpcFault InvalidParameter.TagKey, InvalidParameter.TagValue, Duplicate.TagKey
     */
    static String carried(RpcRequest request) {
        ArrayNode carried = JsonNodeFactory.instance.arrayNode();
        pairs(request).forEach((key, value) -> {
            ObjectNode tag = carried.addObject().put("TagKey", key);
            if (value != null) {
                tag.put("TagValue", value);
            }
        });
        return carried.toString();
    }

    /**
     * Keys of tags, at most 20.
     *
     * @throws RpcFault InvalidParameter
     */
    static Set<String> keys(RpcRequest request, String parameter) {
        Set<String> keys = new LinkedHashSet<>(request.list(parameter));
        if (keys.size() > Tags.LIMIT || !keys.stream().allMatch(Tags::isKey)) {
            throw KmsFaults.invalid(parameter, "it must list at most " + Tags.LIMIT + " keys that a tag can have.");
        }
        return keys;
    }

    private static Map<String, @Nullable String> pairs(RpcRequest request) {
        Map<String, @Nullable String> pairs = new LinkedHashMap<>();
        for (Map<String, String> group : groups(request)) {
            String key = group.getOrDefault("Key", "");
            String value = group.get("Value");
            if (!Tags.isKey(key)) {
                throw KmsFaults.invalidTagKey();
            }
            if (value != null && !Tags.isValue(value)) {
                throw KmsFaults.invalidTagValue();
            }
            if (pairs.containsKey(key)) {
                throw KmsFaults.duplicateTagKey();
            }
            pairs.put(key, value);
        }
        if (pairs.size() > Tags.LIMIT) {
            throw KmsFaults.invalid(TAGS, "it must list at most " + Tags.LIMIT + " tags.");
        }
        return pairs;
    }

    /** Flattened by the SDKs; in a JSON body it is an array. */
    private static List<? extends Map<String, String>> groups(RpcRequest request) {
        String array = request.text(TAGS);
        if (array == null || array.isEmpty()) {
            return request.groups(TAGS);
        }
        List<Map<String, String>> groups = new ArrayList<>();
        for (JsonNode tag : WireJson.array(TAGS, array)) {
            WireJson.only(TAGS, tag, Set.of("Key", "Value"));
            Map<String, String> group = new LinkedHashMap<>();
            tag.properties()
                    .forEach(field -> group.put(field.getKey(), field.getValue().asText()));
            groups.add(group);
        }
        return groups;
    }
}
