package io.gyre.api.keys;

import io.gyre.api.wire.KmsFaults;
import io.gyre.rpc.RpcFault;
import io.gyre.rpc.RpcRequest;
import java.util.regex.Pattern;

/** The name of an alias: {@code alias/} and 1 to 255 characters. */
public final class AliasName {
    static final String PREFIX = "alias/";

    private static final String PARAMETER = "AliasName";
    private static final String RESERVED = PREFIX + "acs/";
    private static final Pattern NAME = Pattern.compile(PREFIX + "[A-Za-z0-9_/-]{1,255}");

    private AliasName() {}

    /** @throws RpcFault MissingParameter, InvalidParameter, or Unsupported.Alias for a reserved name */
    public static String of(RpcRequest request) {
        String name = request.required(PARAMETER);
        if (!NAME.matcher(name).matches()) {
            throw KmsFaults.invalid(
                    PARAMETER, "it must be alias/ and 1 to 255 letters, digits and _ / -, for example alias/payments.");
        }
        if (name.startsWith(RESERVED)) {
            throw KmsFaults.aliasUnsupported();
        }
        return name;
    }
}
