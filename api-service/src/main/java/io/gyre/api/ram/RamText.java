package io.gyre.api.ram;

import io.gyre.api.wire.KmsFaults;
import io.gyre.api.wire.PlainText;
import io.gyre.rpc.RpcFault;
import io.gyre.rpc.RpcRequest;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The texts that requests of RAM carry: what may stand in a name, and how long a description may be. */
final class RamText {
    static final int USER_NAME_LIMIT = 64;
    static final int ROLE_NAME_LIMIT = 64;
    static final int POLICY_NAME_LIMIT = 128;
    static final int DESCRIPTION_LIMIT = 1024;

    private static final int USER_FIELD_LIMIT = 128;
    private static final Pattern IDENTITY = Pattern.compile("[A-Za-z0-9._-]+");
    private static final Pattern POLICY = Pattern.compile("[A-Za-z0-9-]+");

    private RamText() {}

    /** @throws RpcFault MissingParameter, InvalidParameter.UserName.Length or .InvalidChars */
    static String userName(RpcRequest request) {
        return userName("UserName", request.required("UserName"));
    }

    static String userName(String parameter, String given) {
        return matching(parameter, given, USER_NAME_LIMIT, IDENTITY, "may hold letters, digits and . _ -");
    }

    /** @throws RpcFault MissingParameter, InvalidParameter.RoleName.Length or .InvalidChars */
    static String roleName(RpcRequest request) {
        return matching(
                "RoleName",
                request.required("RoleName"),
                ROLE_NAME_LIMIT,
                IDENTITY,
                "may hold letters, digits and . _ -");
    }

    /** @throws RpcFault MissingParameter, InvalidParameter.PolicyName.Length or .InvalidChars */
    static String policyName(RpcRequest request) {
        return matching(
                "PolicyName",
                request.required("PolicyName"),
                POLICY_NAME_LIMIT,
                POLICY,
                "may hold letters, digits and -");
    }

    /**
     * What a caller says about a policy or a role.
     *
     * @return empty where it was not given
     */
    static String description(RpcRequest request, String parameter) {
        return free(request.text(parameter), parameter, DESCRIPTION_LIMIT);
    }

    /**
     * What a caller says of a user.
     *
     * @return empty where it was not given
     */
    static String userField(RpcRequest request, String parameter) {
        return free(request.text(parameter), parameter, USER_FIELD_LIMIT);
    }

    /** The new text where one is given, be it empty; else the old one. */
    static String changed(RpcRequest request, String parameter, int limit, String old) {
        String given = request.text(parameter);
        return given == null ? old : free(given, parameter, limit);
    }

    static String changedUserField(RpcRequest request, String parameter, String old) {
        return changed(request, parameter, USER_FIELD_LIMIT, old);
    }

    private static String free(@Nullable String given, String parameter, int limit) {
        String text = given == null ? "" : given;
        if (text.length() > limit) {
            throw RamFaults.invalidLength(parameter, limit);
        }
        if (text.indexOf('\0') >= 0 || !PlainText.isEncodable(text)) {
            throw KmsFaults.invalid(parameter, "it must be a text that UTF-8 can carry.");
        }
        return text;
    }

    private static String matching(String parameter, String given, int limit, Pattern pattern, String rule) {
        if (given.length() > limit) {
            throw RamFaults.invalidLength(parameter, limit);
        }
        if (!pattern.matcher(given).matches()) {
            throw RamFaults.invalidCharacters(parameter, rule);
        }
        return given;
    }
}
