package io.gyre.api.wire;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What an account may call at the shared gateway, from the table "Limits" of the KMS documentation (queries per second of
 * an account in a region). The actions of a quota share it.
 */
enum Quota {
    ACCOUNT(1, Duration.ofSeconds(1), "OpenKmsService", "DescribeAccountKmsStatus"),
    INSTANCE_CHANGES(10, Duration.ofSeconds(1), "ConnectKmsInstance", "UpdateKmsInstanceBindVpc", "ReleaseKmsInstance"),
    INSTANCE_READS(50, Duration.ofSeconds(1), "GetKmsInstance", "ListKmsInstances", "GetKmsInstanceQuotaInfos"),
    KEY_CREATION(10, Duration.ofSeconds(1), "CreateKey"),
    KEY_READS(
            50,
            Duration.ofSeconds(1),
            "DescribeKey",
            "ListKeys",
            "ListAliases",
            "ListAliasesByKeyId",
            "DescribeKeyVersion",
            "ListKeyVersions",
            "GetKeyPolicy",
            "ListTagResources"),
    KEY_TAGS(300, Duration.ofSeconds(1), "ListResourceTags"),
    KEY_CHANGES(
            30,
            Duration.ofSeconds(1),
            "EnableKey",
            "DisableKey",
            "ScheduleKeyDeletion",
            "CancelKeyDeletion",
            "UpdateKeyDescription",
            "SetDeletionProtection",
            "SetKeyPolicy",
            "CreateAlias",
            "UpdateAlias",
            "DeleteAlias",
            "CreateKeyVersion",
            "UpdateRotationPolicy",
            "TagResource",
            "UntagResource",
            "TagResources",
            "UntagResources"),
    CRYPTOGRAPHY(
            1000,
            Duration.ofSeconds(1),
            "Encrypt",
            "Decrypt",
            "ReEncrypt",
            "GenerateDataKey",
            "GenerateDataKeyWithoutPlaintext"),
    ASYMMETRIC_CRYPTOGRAPHY(
            200,
            Duration.ofSeconds(1),
            "AsymmetricDecrypt",
            "AsymmetricEncrypt",
            "AsymmetricSign",
            "AsymmetricVerify",
            "GetPublicKey"),
    SECRET_CREATION(10, Duration.ofSeconds(1), "CreateSecret", "DeleteSecret"),
    SECRET_READS(450, Duration.ofSeconds(1), "GetSecretValue", "BatchGetSecretValue"),
    ROTATION(50, Duration.ofHours(1), "RotateSecret"),

    /** Whatever no other quota names. */
    THE_REST(40, Duration.ofSeconds(1));

    private static final Map<String, Quota> BY_ACTION = Arrays.stream(values())
            .flatMap(quota -> quota.actions.stream().map(action -> Map.entry(action, quota)))
            .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

    private final int calls;
    private final Duration period;
    private final Set<String> actions;

    Quota(int calls, Duration period, String... actions) {
        this.calls = calls;
        this.period = period;
        this.actions = Set.of(actions);
    }

    static Quota of(String action) {
        return BY_ACTION.getOrDefault(action, THE_REST);
    }

    /** How many calls of all its actions a period has room for. */
    int calls() {
        return calls;
    }

    Duration period() {
        return period;
    }

    /** Empty where it is what no other quota names. */
    Stream<String> actions() {
        return actions.stream().sorted();
    }
}
