package io.gyre.api.audit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.rpc.RpcRequest;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Which parameters of a call may be told. Whatever is not on the list is not: a new parameter is a secret until somebody says
 * otherwise here. What does not look like a name or a number is not told either, wherever it stands.
 */
final class AuditedParameters {
    /** They say what a call is about. */
    private static final Set<String> TARGETS = Set.of(
            "AapName",
            "AliasName",
            "ClientKeyId",
            "DestinationKeyId",
            "DKMSInstanceId",
            "EncryptionKeyId",
            "KeyId",
            "KmsInstance",
            "Name",
            "KeyVersionId",
            "PolicyName",
            "ResourceId",
            "RoleArn",
            "RoleName",
            "SecretName",
            "UserAccessKeyId",
            "UserName",
            "delivery",
            "id",
            "secretName",
            "target");

    private static final Set<String> OTHERS = Set.of(
            "Algorithm",
            "DryRun",
            "DurationSeconds",
            "EnableAutomaticRotation",
            "FetchExtendedConfig",
            "FetchTags",
            "ForceDeleteWithoutRecovery",
            "IncludeDeprecated",
            "KeySpec",
            "KeyUsage",
            "MFABindRequired",
            "MaxResults",
            "MoveToVersion",
            "NewUserName",
            "NotAfter",
            "NotBefore",
            "NumberOfBytes",
            "Origin",
            "PageNumber",
            "PageSize",
            "PasswordLength",
            "PasswordResetRequired",
            "PendingWindowInDays",
            "Permissions",
            "Policies",
            "PolicyType",
            "ProtectionLevel",
            "RecoveryWindowInDays",
            "RemoveFromVersion",
            "ResourceType",
            "Resources",
            "RoleSessionName",
            "RotationInterval",
            "SecretNames",
            "SecretType",
            "SetAsDefault",
            "SourcePrivateIp",
            "Status",
            "VersionId",
            "VersionStage",
            "action",
            "interval",
            "limit",
            "principal",
            "resource",
            "secureTransport",
            "sourceIp",
            "state",
            "time",
            "type");

    /** Names, numbers, words, ARNs, and JSON lists of these. */
    private static final Pattern PLAIN = Pattern.compile("[\\p{IsHan}A-Za-z0-9_/+=.@:*,\\[\\]\" -]{0,512}");

    private static final String NOT_SHOWN = "(not shown)";

    private AuditedParameters() {}

    /** Of a call that may yet turn out to be malformed: only what it is about. */
    static void targets(RpcRequest request, ObjectNode told) {
        tell(request, told, TARGETS::contains);
    }

    /** Of a call that was found well-formed. */
    static void all(RpcRequest request, ObjectNode told) {
        tell(request, told, name -> TARGETS.contains(name) || OTHERS.contains(name));
    }

    private static void tell(RpcRequest request, ObjectNode told, Predicate<String> permitted) {
        request.business().forEach((name, value) -> {
            if (permitted.test(name)) {
                told.put(name, shown(value));
            }
        });
    }

    private static String shown(String value) {
        return PLAIN.matcher(value).matches() ? value : NOT_SHOWN;
    }
}
