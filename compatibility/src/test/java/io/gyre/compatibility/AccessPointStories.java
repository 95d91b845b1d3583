package io.gyre.compatibility;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What administrators do with access points and all they are made of. */
final class AccessPointStories {
    private static final String RULE = "rule-${sdk}";
    private static final String POLICY = "policy-${sdk}";
    private static final String POINT = "point-${sdk}";
    private static final String SECRET_USER = "[\"RbacPermission/Template/CryptoServiceSecretUser\"]";
    private static final String KEY_USER = "[\"RbacPermission/Template/CryptoServiceKeyUser\"]";

    private AccessPointStories() {}

    static List<Story> all() {
        return List.of(accessPoint());
    }

    private static Story accessPoint() {
        Story story = new Story();
        networkRule(story);
        policy(story);
        point(story);
        clientKey(story);
        story.call("DeleteApplicationAccessPoint", Map.of("Name", POINT));
        story.call("DeletePolicy", Map.of("Name", POLICY));
        story.call("DeleteNetworkRule", Map.of("Name", RULE));
        return story;
    }

    private static void networkRule(Story story) {
        story.call(
                        "CreateNetworkRule",
                        Map.of(
                                "Name", RULE,
                                "Type", "Private",
                                "SourcePrivateIp", "[\"10.0.0.0/8\"]",
                                "Description", "é"))
                .answers("Arn", Pattern.compile("acs:kms:cn-hangzhou:\\d+:network/rule-sdk\\d"))
                .answers("Name", RULE)
                .answers("Type", "Private")
                .answers("SourcePrivateIp", "[\"10.0.0.0/8\"]")
                .answers("Description", "é");
        story.call(
                "UpdateNetworkRule", Map.of("Name", RULE, "SourcePrivateIp", "[\"10.0.0.1\"]", "Description", "one"));
        story.call("DescribeNetworkRule", Map.of("Name", RULE))
                .answers("SourcePrivateIp", "[\"10.0.0.1\"]")
                .answers("Type", "Private")
                .answers("Description", "one");
        story.call("ListNetworkRules", Map.of("PageNumber", 1, "PageSize", 10))
                .answers("NetworkRules.NetworkRule", List.of(Map.of("Name", RULE, "Type", "Private")));
    }

    private static void policy(Story story) {
        story.call(
                        "CreatePolicy",
                        Map.of(
                                "Name",
                                POLICY,
                                "KmsInstance",
                                "${instance}",
                                "Permissions",
                                SECRET_USER,
                                "Resources",
                                "[\"secret/*\"]",
                                "AccessControlRules",
                                "{\"NetworkRules\":[\"" + RULE + "\"]}",
                                "Description",
                                "é"))
                .answers("Arn", Pattern.compile("acs:kms:cn-hangzhou:\\d+:policy/policy-sdk\\d"))
                .answers("Name", POLICY)
                .answers("KmsInstance", "${instance}")
                .answers("Permissions", SECRET_USER)
                .answers("Resources", "[\"secret/*\"]")
                .answers("AccessControlRules", "{\"NetworkRules\":[\"" + RULE + "\"]}")
                .answers("Description", "é");
        story.call("DeleteNetworkRule", Map.of("Name", RULE)).isRefused("Rejected.ResourceInUse");
        story.call(
                "UpdatePolicy",
                Map.of(
                        "Name", POLICY,
                        "Permissions", KEY_USER,
                        "Resources", "[\"key/*\",\"secret/a\"]",
                        "AccessControlRules", "{\"NetworkRules\":[]}",
                        "Description", "keys"));
        story.call("DescribePolicy", Map.of("Name", POLICY))
                .answers("KmsInstance", "${instance}")
                .answers("Permissions", List.of("RbacPermission/Template/CryptoServiceKeyUser"))
                .answers("Resources", List.of("key/*", "secret/a"))
                .answers("AccessControlRules", "{\"NetworkRules\":[]}")
                .answers("Description", "keys");
        story.call("ListPolicies", Map.of("PageNumber", 1, "PageSize", 10))
                .answers("Policies.Policy", List.of(Map.of("Name", POLICY)));
    }

    private static void point(Story story) {
        story.call(
                        "CreateApplicationAccessPoint",
                        Map.of(
                                "Name",
                                POINT,
                                "AuthenticationMethod",
                                "ClientKey",
                                "Policies",
                                "[\"" + POLICY + "\"]",
                                "Description",
                                "é"))
                .answers("Arn", Pattern.compile("acs:kms:cn-hangzhou:\\d+:applicationaccesspoint/point-sdk\\d"))
                .answers("Name", POINT)
                .answers("AuthenticationMethod", "ClientKey")
                .answers("Policies", "[\"" + POLICY + "\"]")
                .answers("Description", "é");
        story.call("DeletePolicy", Map.of("Name", POLICY)).isRefused("Rejected.ResourceInUse");
        story.call(
                "UpdateApplicationAccessPoint",
                Map.of("Name", POINT, "Policies", "[\"" + POLICY + "\"]", "Description", "shop"));
        story.call("DescribeApplicationAccessPoint", Map.of("Name", POINT))
                .answers("Policies", "[\"" + POLICY + "\"]")
                .answers("AuthenticationMethod", "ClientKey")
                .answers("Description", "shop");
        story.call("ListApplicationAccessPoints", Map.of("PageNumber", 1, "PageSize", 10))
                .answers(
                        "ApplicationAccessPoints.ApplicationAccessPoint",
                        List.of(Map.of("Name", POINT, "AuthenticationMethod", "ClientKey")));
    }

    private static void clientKey(Story story) {
        story.call(
                        "CreateClientKey",
                        Map.of(
                                "AapName", POINT,
                                "Password", "correct-horse-9",
                                "NotBefore", "2026-01-01T00:00:00Z",
                                "NotAfter", "2036-01-01T00:00:00Z"))
                .answers("ClientKeyId", Pattern.compile("KAAP\\..{36}"))
                .answers("KeyAlgorithm", "RSA_2048")
                .answers("NotBefore", "2026-01-01T00:00:00Z")
                .answers("NotAfter", "2036-01-01T00:00:00Z")
                .answers("PrivateKeyData", Pattern.compile("[A-Za-z0-9+/]+=*"))
                .remembering("ClientKeyId", "clientKey");
        story.call("GetClientKey", Map.of("ClientKeyId", "${clientKey}"))
                .answers("AapName", POINT)
                .answers("KeyOrigin", "KMS_PROVIDED")
                .answers("NotAfter", "2036-01-01T00:00:00Z")
                .answers("PublicKeyData", Pattern.compile("[A-Za-z0-9+/]+=*"));
        story.call("ListClientKeys", Map.of("AapName", POINT));
        story.call("DeleteApplicationAccessPoint", Map.of("Name", POINT)).isRefused("Rejected.ResourceInUse");
        story.call("DeleteClientKey", Map.of("ClientKeyId", "${clientKey}"));
        story.call("GetClientKey", Map.of("ClientKeyId", "${clientKey}")).isRefused("Forbidden.ResourceNotFound");
    }
}
