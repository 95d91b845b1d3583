package io.gyre.api.ram;

import io.gyre.api.password.PasswordRule;
import io.gyre.api.wire.KmsFaults;
import io.gyre.rpc.RpcFault;
import io.gyre.rpc.RpcRequest;
import io.gyre.secret.SecretText;

/** What the actions on login profiles are given. */
final class LoginProfileText {
    private LoginProfileText() {}

    /** @throws RpcFault MissingParameter, InvalidParameter.Password.TooWeak */
    static SecretText password(RpcRequest request, String userName) {
        SecretText password = SecretText.of(request.required("Password"));
        PasswordRule.broken(password, userName).ifPresent(rule -> {
            throw RamFaults.passwordTooWeak(rule);
        });
        return password;
    }

    /** @throws RpcFault InvalidParameter where a second factor is demanded, which nobody could have */
    static void refuseSecondFactor(RpcRequest request) {
        if (request.flag("MFABindRequired", false)) {
            throw KmsFaults.invalid(
                    "MFABindRequired", "it must be false or left out: there are no multi-factor devices here.");
        }
    }
}
