package io.gyre.api.wire;

import io.gyre.rpc.GatewayFaults;
import io.gyre.rpc.RpcFault;
import io.gyre.rpc.RpcRequest;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What single actions say in words of their own, by the published API metadata: some of them open an InvalidParameter
 * otherwise, or tell a missing permission by another status or text. The rule that a value broke follows the opening in
 * any case.
 */
final class ActionWording {
    /** How {@link KmsFaults#invalid} words it. */
    private static final Pattern INVALID =
            Pattern.compile("The specified parameter \"([^\"]*)\" is not valid: (.*)", Pattern.DOTALL);

    private static final String KMS = "Kms";

    private static final Set<String> OTHERWISE_OPENED = Set.of(
            "GetRandomPassword",
            "ListSecretVersionIds",
            "ListSecrets",
            "PutSecretValue",
            "RestoreSecret",
            "UpdateSecret",
            "UpdateSecretVersionStage");

    private static final Map<String, Function<String, RpcFault>> NO_PERMISSION = Map.of(
            "CreateSecret", KmsFaults::notAuthorized,
            "DescribeSecret", KmsFaults::notAuthorized,
            "CreateKey", KmsFaults::noPermissionAsMistake,
            "SetSecretPolicy", KmsFaults::noPermissionAsMistake,
            "GetSecretPolicy", KmsFaults::noPermissionAsMistake,
            "SetKeyPolicy", KmsFaults::noPermissionAsMistake,
            "GetKeyPolicy", KmsFaults::noPermissionAsMistake);

    private ActionWording() {}

    /** The same refusal, as this action words it. */
    static RpcFault of(RpcRequest request, RpcFault fault) {
        return isKms(request) && fault.code().equals("InvalidParameter") && OTHERWISE_OPENED.contains(request.action())
                ? reopened(fault)
                : fault;
    }

    /** A dry run answers in codes of its own, which say how the call would have ended. */
    static RpcFault of(RpcRequest request, NotPermitted refusal) {
        if (!isKms(request)) {
            return GatewayFaults.noPermission(refusal.missing());
        }
        return "true".equalsIgnoreCase(request.text("DryRun"))
                ? KmsFaults.dryRunNotPermitted(refusal.missing())
                : NO_PERMISSION
                        .getOrDefault(request.action(), KmsFaults::noPermission)
                        .apply(refusal.missing());
    }

    private static boolean isKms(RpcRequest request) {
        return request.product().equals(KMS);
    }

    private static RpcFault reopened(RpcFault fault) {
        Matcher invalid = INVALID.matcher(fault.text());
        return invalid.matches() ? KmsFaults.someInvalid(invalid.group(1), invalid.group(2)) : fault;
    }
}
