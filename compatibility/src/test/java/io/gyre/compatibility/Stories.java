package io.gyre.compatibility;

import static java.util.Map.entry;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What users do, told so that each parameter of each action is sent once at least. */
final class Stories {
    /** What encodings and readers of answers have broken before. */
    private static final String VALUE = "é<&>\"'\\ ~*+%=; {\"a\":[1]} 秘密";

    static final String POLICY = "{\"Version\":\"1\",\"Statement\":[{\"Effect\":\"Allow\","
            + "\"Principal\":{\"RAM\":[\"acs:ram::1000000000000001:*\"]},\"Action\":[\"kms:*\"],\"Resource\":[\"*\"]}]}";

    private static final Pattern TIME = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");

    private Stories() {}

    static List<Story> all() {
        return Stream.concat(
                        Stream.of(
                                genericSecret(),
                                versions(),
                                rotatedSecret(),
                                tags(),
                                account(),
                                instances(),
                                passwords()),
                        Stream.concat(KeyStories.all().stream(), AccessPointStories.all().stream()))
                .toList();
    }

    private static Story genericSecret() {
        Story story = new Story();
        String name = "compatibility/${sdk}/generic";
        story.call(
                        "CreateSecret",
                        Map.of(
                                "SecretName", name,
                                "VersionId", "v1",
                                "SecretData", VALUE,
                                "SecretDataType", "text",
                                "Description", "",
                                "Tags", "[{\"TagKey\":\"team\",\"TagValue\":\"payments\"}]"))
                .answers("SecretName", name)
                .answers("VersionId", "v1")
                .answers("SecretType", "Generic")
                .answers("Arn", Pattern.compile("acs:kms:cn-hangzhou:\\d+:secret/compatibility/sdk\\d/generic"));
        story.call("CreateSecret", Map.of("SecretName", name, "VersionId", "v1", "SecretData", VALUE))
                .isRefused("Rejected.ResourceExist");
        story.call("GetSecretValue", Map.of("SecretName", name))
                .answers("SecretName", name)
                .answers("SecretData", VALUE)
                .answers("SecretDataType", "text")
                .answers("SecretType", "Generic")
                .answers("VersionId", "v1")
                .answers("VersionStages", List.of("ACSCurrent"))
                .answers("CreateTime", TIME);
        story.call(
                        "PutSecretValue",
                        Map.of(
                                "SecretName", name,
                                "VersionId", "v2",
                                "SecretData", VALUE + "2",
                                "SecretDataType", "text",
                                "VersionStages", "[\"ACSCurrent\",\"blue\"]"))
                .answers("SecretName", name)
                .answers("VersionId", "v2")
                .answers("VersionStages", List.of("ACSCurrent", "blue"));
        story.call("GetSecretValue", Map.of("SecretName", name, "VersionStage", "ACSPrevious"))
                .answers("SecretData", VALUE)
                .answers("VersionId", "v1");
        story.call("GetSecretValue", Map.of("SecretName", name, "VersionId", "v2"))
                .answers("SecretData", VALUE + "2")
                .answers("VersionStages", List.of("ACSCurrent", "blue"));
        story.call("GetSecretValue", Map.of("SecretName", name, "FetchExtendedConfig", true))
                .answers("VersionId", "v2");
        story.call("GetSecretValue", Map.of("SecretName", name, "DryRun", "true"))
                .isRefused("DryRunOperationError");
        story.call("GetSecretValue", Map.of("SecretName", name + "/absent")).isRefused("Forbidden.ResourceNotFound");
        story.call("ListSecretVersionIds", Map.of("SecretName", name, "PageNumber", 1, "PageSize", 10))
                .answers("SecretName", name)
                .answers("PageNumber", 1)
                .answers("PageSize", 10)
                .answers("TotalCount", 2);
        story.call("ListSecretVersionIds", Map.of("SecretName", name, "IncludeDeprecated", "true"))
                .answers("TotalCount", 2);
        story.call("DescribeSecret", Map.of("SecretName", name, "FetchTags", "true"))
                .answers("SecretName", name)
                .answers("SecretType", "Generic")
                .answers("CreateTime", TIME)
                .answers("Tags", List.of(Map.of("TagKey", "team", "TagValue", "payments")));
        story.call(
                        "ListSecrets",
                        Map.of(
                                "PageNumber",
                                1,
                                "PageSize",
                                5,
                                "FetchTags",
                                "true",
                                "Filters",
                                "[{\"Key\":\"SecretName\",\"Values\":[\"" + name + "\"]}]"))
                .answers("TotalCount", 1)
                .answers("PageNumber", 1)
                .answers("PageSize", 5);
        story.call("ListSecrets", Map.of("PageNumber", 1, "PageSize", 1, "FetchTags", "false"))
                .answers("PageSize", 1);
        story.call("DeleteSecret", Map.of("SecretName", name, "RecoveryWindowInDays", "7"))
                .answers("SecretName", name)
                .answers("PlannedDeleteTime", TIME);
        story.call("GetSecretValue", Map.of("SecretName", name)).isRefused("Rejected.ResourceInDeleteWindow");
        story.call("DeleteSecret", Map.of("SecretName", name + "/absent", "ForceDeleteWithoutRecovery", "true"))
                .isRefused("Forbidden.ResourceNotFound");
        return story;
    }

    private static Story versions() {
        Story story = new Story();
        String name = "compatibility/${sdk}/versions";
        story.call("CreateSecret", Map.of("SecretName", name, "VersionId", "v1", "SecretData", "first"))
                .answers("VersionId", "v1");
        story.call("PutSecretValue", Map.of("SecretName", name, "VersionId", "v2", "SecretData", "second"))
                .answers("VersionStages", List.of("ACSCurrent"));
        story.call("PutSecretValue", Map.of("SecretName", name, "VersionId", "v2", "SecretData", "second"))
                .answers("VersionId", "v2");
        story.call("PutSecretValue", Map.of("SecretName", name, "VersionId", "v2", "SecretData", "another"))
                .isRefused("Rejected.ResourceExist");
        story.call(
                        "UpdateSecretVersionStage",
                        Map.of("SecretName", name, "VersionStage", "ACSCurrent", "MoveToVersion", "v1"))
                .answers("SecretName", name);
        story.call("GetSecretValue", Map.of("SecretName", name))
                .answers("SecretData", "first")
                .answers("VersionStages", List.of("ACSCurrent"));
        story.call(
                        "UpdateSecretVersionStage",
                        Map.of("SecretName", name, "VersionStage", "ACSCurrent", "RemoveFromVersion", "v1"))
                .isRefused("MissingParameter");
        story.call("UpdateSecret", Map.of("SecretName", name, "Description", "kept for the auditors"))
                .answers("SecretName", name);
        story.call("DescribeSecret", Map.of("SecretName", name)).answers("Description", "kept for the auditors");
        story.call("RestoreSecret", Map.of("SecretName", name)).isRefused("Rejected.ResourceInUse");
        story.call("DeleteSecret", Map.of("SecretName", name, "RecoveryWindowInDays", "30"))
                .answers("SecretName", name);
        story.call("RestoreSecret", Map.of("SecretName", name)).answers("SecretName", name);
        story.call("GetSecretValue", Map.of("SecretName", name)).answers("VersionId", "v1");
        story.call(
                        "BatchGetSecretValue",
                        Map.of("SecretsList", "[{\"SecretName\":\"" + name + "\"},{\"SecretName\":\"absent\"}]"))
                .answers(
                        "Errors",
                        List.of(Map.of(
                                "SecretName", "absent",
                                "Code", "Forbidden.ResourceNotFound",
                                "HttpStatus", 404,
                                "Message", "Resource not found.")));
        story.call("GetSecretPolicy", Map.of("SecretName", name, "PolicyName", "default"))
                .isRefused("Forbidden.KeyPolicyUnSupported");
        story.call("SetSecretPolicy", Map.of("SecretName", name, "PolicyName", "default", "Policy", POLICY))
                .isRefused("Forbidden.KeyPolicyUnSupported");
        story.call(
                        "CreateSecret",
                        Map.of(
                                "SecretName", name + "/in-an-instance",
                                "VersionId", "v1",
                                "SecretData", "value",
                                "DKMSInstanceId", "kst-absent",
                                "Policy", POLICY))
                .isRefused("Forbidden.DKMSInstanceNotFound");
        story.call(
                        "CreateSecret",
                        Map.of(
                                "SecretName", name + "/under-a-key",
                                "VersionId", "v1",
                                "SecretData", "value",
                                "EncryptionKeyId", "absent"))
                .isRefused("Forbidden.KeyNotFound");
        return story;
    }

    private static Story tags() {
        Story story = new Story();
        String name = "compatibility/${sdk}/tags";
        List<Map<String, String>> tags =
                List.of(Map.of("Key", "team", "Value", "payments"), Map.of("Key", "stage", "Value", "test 1"));
        story.call("CreateSecret", Map.of("SecretName", name, "VersionId", "v1", "SecretData", "value"))
                .answers("SecretName", name);
        story.call(
                "TagResource", Map.of("SecretName", name, "Tags", "[{\"TagKey\":\"owner\",\"TagValue\":\"${sdk}\"}]"));
        story.call("DescribeSecret", Map.of("SecretName", name, "FetchTags", "true"))
                .answers("Tags", List.of(Map.of("TagKey", "owner", "TagValue", "${sdk}")));
        story.call("UntagResource", Map.of("SecretName", name, "TagKeys", "[\"owner\"]"));
        story.call(
                "TagResources",
                Map.of("RegionId", "cn-hangzhou", "ResourceType", "secret", "ResourceId", List.of(name), "Tag", tags));
        Map<String, Object> listed = Map.of(
                "RegionId",
                "cn-hangzhou",
                "ResourceType",
                "secret",
                "ResourceId",
                List.of(name),
                "Tag",
                List.of(Map.of("Key", "team", "Value", "payments")));
        story.call("ListTagResources", listed)
                .answers("TagResources", List.of(tagged(name, "stage", "test 1"), tagged(name, "team", "payments")));
        story.call(
                        "ListTagResources",
                        Map.of("RegionId", "cn-hangzhou", "ResourceType", "secret", "NextToken", "no token"))
                .isRefused("InvalidParameter");
        story.call(
                "UntagResources",
                Map.of(
                        "RegionId",
                        "cn-hangzhou",
                        "ResourceType",
                        "secret",
                        "ResourceId",
                        List.of(name),
                        "TagKey",
                        List.of("stage")));
        story.call(
                "UntagResources",
                Map.of("RegionId", "cn-hangzhou", "ResourceType", "secret", "ResourceId", List.of(name), "All", true));
        story.call("DescribeSecret", Map.of("SecretName", name, "FetchTags", "true"))
                .answers("Tags", List.of());
        story.call("TagResource", Map.of("CertificateId", "absent", "Tags", "[]"))
                .isRefused("UnsupportedOperation");
        story.call("UntagResource", Map.of("CertificateId", "absent", "TagKeys", "[\"a\"]"))
                .isRefused("UnsupportedOperation");
        return story;
    }

    private static Map<String, String> tagged(String name, String key, String value) {
        return Map.of("ResourceId", name, "ResourceType", "secret", "TagKey", key, "TagValue", value);
    }

    private static Story account() {
        Story story = new Story();
        story.call("DescribeRegions", Map.of()).answers("Regions", List.of(Map.of("RegionId", "cn-hangzhou")));
        story.call("DescribeAccountKmsStatus", Map.of()).answers("AccountStatus", "Enabled");
        story.call("OpenKmsService", Map.of());
        return story;
    }

    private static Story rotatedSecret() {
        Story story = new Story();
        String name = "acs/ecs/compatibility/${sdk}";
        Map<String, Object> config = Map.of(
                "SecretSubType", "Password",
                "RegionId", "cn-hangzhou",
                "InstanceId", "i-compatibility-${sdk}",
                "CustomData", Map.of("team", "payments"));
        story.call(
                        "CreateSecret",
                        Map.ofEntries(
                                entry("SecretName", name),
                                entry("SecretType", "ECS"),
                                entry("VersionId", "v1"),
                                entry("SecretData", "{\"UserName\":\"root\",\"Password\":\"Aa1!Aa1!Aa1!\"}"),
                                entry("ExtendedConfig", config),
                                entry("EnableAutomaticRotation", true),
                                entry("RotationInterval", "365d")))
                .answers("SecretName", name)
                .answers("SecretType", "ECS")
                .answers("AutomaticRotation", "Enabled")
                .answers("RotationInterval", "31536000s")
                .answers("NextRotationDate", TIME);
        story.call("GetSecretValue", Map.of("SecretName", name, "FetchExtendedConfig", true))
                .answers("SecretType", "ECS")
                .answers("AutomaticRotation", "Enabled")
                .answers("RotationInterval", "31536000s")
                .answers("NextRotationDate", TIME)
                .answers(
                        "ExtendedConfig",
                        "{\"SecretSubType\":\"Password\",\"RegionId\":\"cn-hangzhou\",\"InstanceId\":\"i-compatibility-${sdk}\","
                                + "\"CustomData\":{\"team\":\"payments\"}}");
        story.call("GetSecretValue", Map.of("SecretName", name)).answers("AutomaticRotation", "Enabled");
        story.call(
                        "UpdateSecretRotationPolicy",
                        Map.of("SecretName", name, "EnableAutomaticRotation", true, "RotationInterval", "7d"))
                .answers("SecretName", name);
        story.call("DescribeSecret", Map.of("SecretName", name))
                .answers("SecretName", name)
                .answers("AutomaticRotation", "Enabled")
                .answers("RotationInterval", "604800s");
        story.call("UpdateSecret", Map.of("SecretName", name, "ExtendedConfig.CustomData", "{\"team\":\"audit\"}"))
                .answers("SecretName", name);
        story.call(
                        "UpdateSecret",
                        Map.of("SecretName", name, "ExtendedConfig", Map.of("CustomData", Map.of("team", "treasury"))))
                .answers("SecretName", name);
        story.call("DescribeSecret", Map.of("SecretName", name))
                .answers("ExtendedConfig", Pattern.compile(".*\"CustomData\":\\{\"team\":\"treasury\"}.*"));
        story.call("RotateSecret", Map.of("SecretName", name, "VersionId", "v2"))
                .answers("SecretName", name)
                .answers("VersionId", "v2")
                .answers("Arn", Pattern.compile("acs:kms:cn-hangzhou:\\d+:secret/acs/ecs/compatibility/sdk\\d"));
        story.call("RotateSecret", Map.of("SecretName", name + "/absent", "VersionId", "v3"))
                .isRefused("Forbidden.ResourceNotFound");
        return story;
    }

    private static Story instances() {
        Story story = new Story();
        story.call("ListKmsInstances", Map.of("PageNumber", 1, "PageSize", 1)).answers("TotalCount", 1);
        story.call("GetKmsInstance", Map.of("KmsInstanceId", "kst-absent")).isRefused("Forbidden.DKMSInstanceNotFound");
        return story;
    }

    private static Story passwords() {
        Story story = new Story();
        story.call("GetRandomPassword", Map.of()).answers("RandomPassword", Pattern.compile(".{32}"));
        story.call(
                        "GetRandomPassword",
                        Map.of(
                                "PasswordLength", "40",
                                "ExcludeCharacters", "abc",
                                "ExcludeLowercase", "false",
                                "ExcludeUppercase", "true",
                                "ExcludeNumbers", "true",
                                "ExcludePunctuation", "true",
                                "RequireEachIncludedType", "true"))
                .answers("RandomPassword", Pattern.compile("[d-z]{40}"));
        return story;
    }
}
