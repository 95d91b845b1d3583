package io.gyre.api.wire;

import io.gyre.rpc.GatewayFaults;
import io.gyre.rpc.RpcFault;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
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

    private static final Map<String, Supplier<RpcFault>> NO_PERMISSION = Map.of(
            "CreateSecret", KmsFaults::notAuthorized,
            "DescribeSecret", KmsFaults::notAuthorized,
            "CreateKey", KmsFaults::noPermissionAsMistake,
            "SetSecretPolicy", KmsFaults::noPermissionAsMistake,
            "GetSecretPolicy", KmsFaults::noPermissionAsMistake,
            "SetKeyPolicy", KmsFaults::noPermissionAsMistake,
            "GetKeyPolicy", KmsFaults::noPermissionAsMistake);

    private ActionWording() {}

    /** The same refusal, as this action words it. */
    static RpcFault of(String product, String action, RpcFault fault) {
        if (!product.equals(KMS)) {
            return fault.code().equals("Forbidden.NoPermission") ? GatewayFaults.noPermission() : fault;
        }
        return switch (fault.code()) {
            case "InvalidParameter" -> OTHERWISE_OPENED.contains(action) ? reopened(fault) : fault;
            case "Forbidden.NoPermission" ->
                NO_PERMISSION.getOrDefault(action, () -> fault).get();
            default -> fault;
        };
    }

    private static RpcFault reopened(RpcFault fault) {
        Matcher invalid = INVALID.matcher(fault.text());
        return invalid.matches() ? KmsFaults.someInvalid(invalid.group(1), invalid.group(2)) : fault;
    }
}
