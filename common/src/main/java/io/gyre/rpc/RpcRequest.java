package io.gyre.rpc;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A request whose signature was found right. Its parameters may hold secrets: it prints without them.
 *
 * @param product whose API is called
 * @param action the signed action
 * @param version the signed version
 * @param parameters query, form body and JSON body merged and decoded, those of the protocol included; an object or
 *     array of a JSON body is its JSON text
 * @param caller the key that signed
 * @param requestId a lower-case UUID, the same as in the answer
 * @param sourceAddress the peer's address, without port
 * @param secure whether it came over TLS
 * @param traceParent the W3C trace context that the caller named, as it came; null where it named none
 */
public record RpcRequest(
        String product,
        String action,
        String version,
        SortedMap<String, String> parameters,
        AccessKey caller,
        String requestId,
        String sourceAddress,
        boolean secure,
        @Nullable String traceParent) {

    /** What the protocol itself takes; RegionId is among them, since the legacy SDK adds it to every call. */
    private static final Set<String> PROTOCOL = Set.of(
            "Action",
            "Version",
            "Format",
            "AccessKeyId",
            "Signature",
            "SignatureMethod",
            "SignatureVersion",
            "SignatureNonce",
            "SignatureType",
            "Timestamp",
            "SecurityToken",
            "RegionId");

    public RpcRequest {
        parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
    }

    /** Of a caller who names no trace. */
    public RpcRequest(
            String product,
            String action,
            String version,
            SortedMap<String, String> parameters,
            AccessKey caller,
            String requestId,
            String sourceAddress,
            boolean secure) {
        this(product, action, version, parameters, caller, requestId, sourceAddress, secure, null);
    }

    /** The parameters of the action, without those of the protocol. */
    public SortedMap<String, String> business() {
        SortedMap<String, String> business = new TreeMap<>(parameters);
        business.keySet().removeAll(PROTOCOL);
        return business;
    }

    /** What this request asks for in one of its parts, as a request of its own by the same caller. */
    public RpcRequest part(String partAction, Map<String, String> partParameters) {
        return new RpcRequest(
                product,
                partAction,
                version,
                new TreeMap<>(partParameters),
                caller,
                requestId,
                sourceAddress,
                secure,
                traceParent);
    }

    /** The value as given, which may be empty; null where it was not given. */
    public @Nullable String text(String name) {
        return parameters.get(name);
    }

    /** The value as given; null where it was not given, or is empty. */
    public @Nullable String optional(String name) {
        String value = parameters.get(name);
        return value == null || value.isEmpty() ? null : value;
    }

    /** @throws RpcFault MissingParameter where it is absent or empty */
    public String required(String name) {
        String value = optional(name);
        if (value == null) {
            throw GatewayFaults.missing(name);
        }
        return value;
    }

    /**
     * Booleans travel as the words true and false, in any case.
     *
     * @param fallback where it is absent or empty
     * @throws RpcFault InvalidParameter for another word
     */
    public boolean flag(String name, boolean fallback) {
        String value = optional(name);
        if (value == null) {
            return fallback;
        }
        if (value.equalsIgnoreCase("true")) {
            return true;
        }
        if (value.equalsIgnoreCase("false")) {
            return false;
        }
        throw GatewayFaults.invalid(name, "it must be true or false.");
    }

    /**
     * @param fallback where it is absent or empty
     * @throws RpcFault InvalidParameter where it is no decimal number from min to max, both included
     */
    public int integer(String name, int fallback, int min, int max) {
        String value = optional(name);
        if (value == null) {
            return fallback;
        }
        try {
            int number = Integer.parseInt(value);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below, together with the range.
        }
        throw GatewayFaults.invalid(name, "it must be a whole number from " + min + " to " + max + ".");
    }

    /**
     * A list, as the SDKs flatten it ({@code InstanceId.1}, {@code InstanceId.2}, …) or as one JSON array of texts.
     *
     * @return in order, up to the first number that is missing; empty where the list was not given
     * @throws RpcFault InvalidParameter where the array is none
     */
    public List<String> list(String name) {
        String array = parameters.get(name);
        if (array != null && !array.isEmpty()) {
            return Json.texts(name, array);
        }
        List<String> values = new ArrayList<>();
        for (String value = parameters.get(name + ".1");
                value != null;
                value = parameters.get(name + "." + (values.size() + 1))) {
            values.add(value);
        }
        return List.copyOf(values);
    }

    /**
     * A list of groups, as the SDKs flatten it ({@code Tag.1.Key}, {@code Tag.1.Value}, {@code Tag.2.Key}, …).
     *
     * @return each group's fields by name, in order, up to the first number that is missing
     */
    public List<SortedMap<String, String>> groups(String name) {
        List<SortedMap<String, String>> groups = new ArrayList<>();
        while (true) {
            String prefix = name + "." + (groups.size() + 1) + ".";
            SortedMap<String, String> group = new TreeMap<>();
            for (var field : parameters.tailMap(prefix).entrySet()) {
                if (!field.getKey().startsWith(prefix)) {
                    break;
                }
                group.put(field.getKey().substring(prefix.length()), field.getValue());
            }
            if (group.isEmpty()) {
                return List.copyOf(groups);
            }
            groups.add(group);
        }
    }

    @Override
    public String toString() {
        return "RpcRequest[" + product + " " + version + " " + action + ", request " + requestId + "]";
    }
}
