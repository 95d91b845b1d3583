package io.gyre.api.accesspoints;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.api.wire.KmsFaults;
import io.gyre.api.wire.WireJson;
import io.gyre.rpc.RpcFault;
import io.gyre.rpc.RpcRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** The parameters that say what a policy of access points permits. Limits of numbers are Gyre's choice. */
final class PointPolicyText {
    static final String PERMISSIONS = "Permissions";
    static final String RESOURCES = "Resources";
    static final String RULES = "AccessControlRules";

    private static final int RESOURCE_LIMIT = 100;
    private static final int RULE_LIMIT = 40;
    private static final String NETWORK_RULES = "NetworkRules";
    private static final Pattern RESOURCE =
            Pattern.compile("key/(\\*|[A-Za-z0-9_-]{1,64})|secret/(\\*|[\\p{IsHan}A-Za-z0-9_/+=.@-]{1,192})");

    private PointPolicyText() {}

    /** @throws RpcFault MissingParameter or InvalidParameter */
    static List<String> permissions(RpcRequest request) {
        return PointText.texts(
                PERMISSIONS,
                request.list(PERMISSIONS),
                Template.values().length,
                text -> Template.named(text).isPresent(),
                Template.names());
    }

    /** @throws RpcFault MissingParameter or InvalidParameter */
    static List<String> resources(RpcRequest request) {
        return PointText.texts(
                RESOURCES,
                request.list(RESOURCES),
                RESOURCE_LIMIT,
                text -> RESOURCE.matcher(text).matches(),
                "key/ID, key/*, secret/NAME or secret/*");
    }

    /**
     * {@code {"NetworkRules":["a","b"]}}; none where it is not given, or names none: then addresses limit nothing.
     *
     * @throws RpcFault InvalidParameter
     */
    static List<String> rules(RpcRequest request) {
        String given = request.optional(RULES);
        if (given == null) {
            return List.of();
        }
        ObjectNode rules = WireJson.object(RULES, given);
        WireJson.only(RULES, rules, Set.of(NETWORK_RULES));
        JsonNode names = rules.path(NETWORK_RULES);
        if (!names.isMissingNode() && !names.isArray()) {
            throw KmsFaults.invalid(RULES, "its field " + NETWORK_RULES + " must be an array of names.");
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode name : names) {
            texts.add(name.isTextual() ? name.textValue() : "");
        }
        return texts.isEmpty() ? List.of() : PointText.names(RULES, texts, RULE_LIMIT);
    }

    /** As answers tell it. */
    static String rules(List<String> names) {
        ObjectNode rules = WireJson.answer();
        names.forEach(rules.putArray(NETWORK_RULES)::add);
        return rules.toString();
    }
}
