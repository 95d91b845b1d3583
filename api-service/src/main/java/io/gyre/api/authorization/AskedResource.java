package io.gyre.api.authorization;

import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What somebody asks about, as one thing: by its ARN, or by what stands behind the account in it.
 *
 * @param parameters that a call names it by
 * @param path of an operation; empty for all else
 */
record AskedResource(SortedMap<String, String> parameters, String path) {
    private static final String ARN = "acs:";
    private static final String SYSTEM = "acs:ram::system:";

    /** Where the service says so, a call that names nothing. */
    static final AskedResource NOTHING = new AskedResource(new TreeMap<>(), "");

    /**
     * @param service {@code kms}, {@code ram} or {@code gyre}
     * @param given for example {@code secret/db/orders}, {@code user/anna}, or {@code rotations/ID}
     * @return empty for an ARN of elsewhere, and for a kind of thing that the service does not have
     */
    static Optional<AskedResource> of(String service, String given, String region, String account) {
        if (given.isEmpty()) {
            return Optional.of(NOTHING);
        }
        String prefix = ARN + service + ":" + (service.equals("ram") ? "" : region) + ":" + account + ":";
        if (service.equals("ram") && given.startsWith(SYSTEM)) {
            return ram(given.substring(SYSTEM.length()), given, "System");
        }
        if (given.startsWith(ARN) && !given.startsWith(prefix)) {
            return Optional.empty();
        }
        String rest = given.startsWith(ARN) ? given.substring(prefix.length()) : given;
        return switch (service) {
            case "kms" -> kms(rest);
            case "ram" -> ram(rest, prefix + rest, "Custom");
            default -> Optional.of(new AskedResource(new TreeMap<>(), rest));
        };
    }

    private static Optional<AskedResource> kms(String rest) {
        String name = name(rest);
        return switch (kind(rest)) {
            case "secret" -> named(Map.of("SecretName", name, "ResourceType", "secret", "ResourceId.1", name));
            case "key" -> named(Map.of("KeyId", name, "ResourceType", "key", "ResourceId.1", name));
            case "alias" -> named(Map.of("AliasName", rest));
            case "network", "policy", "applicationaccesspoint" -> named(Map.of("Name", name, "AapName", name));
            case "" -> container(rest);
            default -> Optional.empty();
        };
    }

    private static Optional<AskedResource> container(String rest) {
        return switch (rest) {
            case "secret", "key" -> named(Map.of("ResourceType", rest));
            case "alias", "*" -> Optional.of(NOTHING);
            default -> Optional.empty();
        };
    }

    private static Optional<AskedResource> ram(String rest, String arn, String policyType) {
        String name = name(rest);
        return switch (kind(rest)) {
            case "user" -> name.equals("*") ? Optional.of(NOTHING) : named(Map.of("UserName", name));
            case "role" -> name.equals("*") ? Optional.of(NOTHING) : named(Map.of("RoleName", name, "RoleArn", arn));
            case "policy" ->
                name.equals("*") ? Optional.of(NOTHING) : named(Map.of("PolicyName", name, "PolicyType", policyType));
            default -> Optional.empty();
        };
    }

    private static Optional<AskedResource> named(Map<String, String> parameters) {
        return Optional.of(new AskedResource(new TreeMap<>(parameters), ""));
    }

    private static String kind(String rest) {
        int slash = rest.indexOf('/');
        return slash < 0 ? "" : rest.substring(0, slash);
    }

    private static String name(String rest) {
        return rest.substring(rest.indexOf('/') + 1);
    }
}
