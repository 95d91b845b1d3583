package io.gyre.api.secrets;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.api.wire.KmsFaults;
import io.gyre.api.wire.PlainText;
import io.gyre.api.wire.WireJson;
import io.gyre.rpc.RpcFault;
import io.gyre.secret.SecretType;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a managed secret is for: where its credential is checked, and what its owner noted. It holds no secrets.
 *
 * @param place the fields that name the target
 * @param customData at most ten pairs of the owner's own
 */
record ExtendedConfig(SubType subType, Map<String, String> place, Map<String, String> customData) {
    private static final String PARAMETER = "ExtendedConfig";
    private static final int LIMIT = 1024;
    private static final int CUSTOM_PAIRS = 10;
    private static final String SUB_TYPE = "SecretSubType";
    private static final String CUSTOM_DATA = "CustomData";

    /** Instance ids and region ids, and the names that RAM gives its users. */
    private static final Pattern PLACE = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    /**
     * Reads the parameter as a caller gave it.
     *
     * @param region where the secret lies, and therefore its ECS instance
     * @throws RpcFault MissingParameter or InvalidParameter
     */
    static ExtendedConfig given(SecretType type, @Nullable String text, String region) {
        if (text == null || text.isEmpty()) {
            throw KmsFaults.missing(PARAMETER);
        }
        if (text.length() > LIMIT) {
            throw KmsFaults.invalid(PARAMETER, "it must have at most " + LIMIT + " characters.");
        }
        ExtendedConfig config = read(type, WireJson.object(PARAMETER, text));
        CustomDataRules.check(type, config.customData);
        String regionId = config.place.get("RegionId");
        if (regionId != null && !regionId.equals(region)) {
            throw KmsFaults.invalid(PARAMETER, "the ECS instance must be in the secret's region, " + region + ".");
        }
        return config;
    }

    /** Reads what {@link #toJson} wrote. */
    static ExtendedConfig stored(SecretType type, String json) {
        return read(type, WireJson.object(PARAMETER, json));
    }

    /**
     * The same place with other pairs of the owner's own, which replace all former ones.
     *
     * @param json the pairs as a caller gave them
     * @throws RpcFault InvalidParameter
     */
    ExtendedConfig withCustomData(JsonNode json) {
        ExtendedConfig config = new ExtendedConfig(subType, place, customData(json));
        CustomDataRules.check(subType.type(), config.customData);
        if (config.toJson().length() > LIMIT) {
            throw KmsFaults.invalid(
                    PARAMETER, "with the place of the secret's target it must have at most " + LIMIT + " characters.");
        }
        return config;
    }

    /** As answers have it, and as it is stored. */
    String toJson() {
        ObjectNode json = WireJson.answer().put(SUB_TYPE, subType.wireName());
        place.forEach(json::put);
        customData.forEach(json.putObject(CUSTOM_DATA)::put);
        return json.toString();
    }

    /** As a rotation keeps it: one level, {@code CustomData.X} for a pair named X. */
    String flat() {
        ObjectNode json = WireJson.answer();
        place.forEach(json::put);
        customData.forEach((name, value) -> json.put(CUSTOM_DATA + "." + name, value));
        return json.toString();
    }

    private static ExtendedConfig read(SecretType type, ObjectNode json) {
        SubType subType = SubType.of(type, json.path(SUB_TYPE).asText()).orElseThrow(() -> unknownSubType(type));
        Set<String> fields = new HashSet<>(subType.place());
        fields.add(SUB_TYPE);
        fields.add(CUSTOM_DATA);
        WireJson.only(PARAMETER, json, fields);
        Map<String, String> place = new LinkedHashMap<>();
        for (String field : subType.place()) {
            String value = WireJson.value(PARAMETER, json, field);
            if (!PLACE.matcher(value).matches()) {
                throw KmsFaults.invalid(
                        PARAMETER, "its field " + field + " must have 1 to 64 letters, digits, dots, _ and -.");
            }
            place.put(field, value);
        }
        return new ExtendedConfig(subType, place, customData(json.path(CUSTOM_DATA)));
    }

    private static Map<String, String> customData(JsonNode json) {
        if (json.isMissingNode() || json.isNull()) {
            return Map.of();
        }
        if (!json.isObject() || json.size() > CUSTOM_PAIRS) {
            throw KmsFaults.invalid(
                    PARAMETER, "its field CustomData must be an object of at most " + CUSTOM_PAIRS + " pairs.");
        }
        Map<String, String> pairs = new LinkedHashMap<>();
        for (var pair : json.properties()) {
            String value = pair.getValue().asText();
            boolean valid = pair.getValue().isValueNode()
                    && PlainText.isName(pair.getKey(), LIMIT)
                    && (value.isEmpty() || PlainText.isName(value, LIMIT));
            if (!valid) {
                throw KmsFaults.invalid(PARAMETER, "the pairs of CustomData must be texts without control characters.");
            }
            pairs.put(pair.getKey(), value);
        }
        return pairs;
    }

    private static RpcFault unknownSubType(SecretType type) {
        return KmsFaults.invalid(
                PARAMETER,
                "its field SecretSubType must be "
                        + SubType.of(type).stream().map(SubType::wireName).collect(Collectors.joining(" or ")) + ".");
    }
}
