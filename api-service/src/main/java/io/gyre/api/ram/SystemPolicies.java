package io.gyre.api.ram;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.api.wire.WireJson;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The policies that every account has and nobody can change (type System). Names are Alibaba Cloud's, so that what
 * attaches them there attaches them here. Where the documents do not tell what one grants, it grants what its name says
 * and no more; read-only access never reads a secret's value.
 */
public final class SystemPolicies {
    /** What the rotation of RAM secrets is granted; the name is misspelt as Alibaba Cloud has it. */
    public static final String RAM_ROTATION = "AliyunKMSManagedRAMCrendentialsRolePolicy";

    /** Every system policy has one version. */
    static final String VERSION = "v1";

    private static final Map<String, SystemPolicy> ALL = new TreeMap<>();

    static {
        add("AdministratorAccess", "Everything.", "*");
        add("AliyunKMSFullAccess", "Everything in KMS.", "kms:*");
        add(
                "AliyunKMSReadOnlyAccess",
                "What KMS tells of keys, secrets and instances, without any secret's value.",
                "kms:Describe*",
                "kms:List*",
                "kms:GetKeyPolicy",
                "kms:GetSecretPolicy",
                "kms:GetKmsInstance",
                "kms:GetDefaultKmsInstance",
                "kms:GetKmsInstanceQuotaInfos",
                "kms:GetClientKey");
        add(
                "AliyunKMSCryptoUserAccess",
                "The use of keys, without their administration.",
                "kms:Encrypt",
                "kms:Decrypt",
                "kms:ReEncrypt*",
                "kms:GenerateDataKey*",
                "kms:DescribeKey",
                "kms:GetRandomPassword");
        add(
                "AliyunKMSSecretUserAccess",
                "Secrets' values.",
                "kms:GetSecretValue",
                "kms:DescribeSecret",
                "kms:ListSecretVersionIds");
        add(
                "AliyunKMSSecretAdminAccess",
                "Everything about secrets, their values and tags included.",
                "kms:*Secret*",
                "kms:GetRandomPassword",
                "kms:TagResource*",
                "kms:UntagResource*",
                "kms:ListResourceTags",
                "kms:ListTagResources");
        add("AliyunRAMFullAccess", "Everything in RAM.", "ram:*");
        add("AliyunRAMReadOnlyAccess", "What RAM tells of users, roles and policies.", "ram:Get*", "ram:List*");
        add("AliyunSTSAssumeRoleAccess", "To assume the roles that trust the caller.", "sts:AssumeRole");
        add(
                RAM_ROTATION,
                "What the rotation of RAM secrets does to the AccessKeys of RAM users.",
                "ram:ListAccessKeys",
                "ram:CreateAccessKey",
                "ram:DeleteAccessKey",
                "ram:UpdateAccessKey");
    }

    private SystemPolicies() {}

    /**
     * A policy, which allows these actions on everything.
     *
     * @param document the same as a JSON object in RAM's grammar
     */
    public record SystemPolicy(String name, String description, List<String> actions, String document) {}

    /** Empty where there is no such system policy. */
    public static Optional<SystemPolicy> find(String name) {
        return Optional.ofNullable(ALL.get(name));
    }

    /** In the order of their names. */
    public static List<SystemPolicy> all() {
        return List.copyOf(ALL.values());
    }

    private static void add(String name, String description, String... actions) {
        ObjectNode document = WireJson.answer().put("Version", "1");
        ObjectNode statement = document.putArray("Statement").addObject().put("Effect", "Allow");
        ArrayNode allowed = statement.putArray("Action");
        for (String action : actions) {
            allowed.add(action);
        }
        statement.putArray("Resource").add("*");
        ALL.put(name, new SystemPolicy(name, description, List.of(actions), document.toString()));
    }
}
