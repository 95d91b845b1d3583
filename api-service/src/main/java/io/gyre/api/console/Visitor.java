package io.gyre.api.console;

import io.gyre.rpc.AccessKey;
import io.gyre.secret.SecretText;

/**
 * Somebody who is logged in.
 *
 * @param principal as keys and policies name it: {@code root} or {@code user/NAME}
 * @param accessKeyId the key that asked for the link; empty where a password was given
 * @param resetRequired whether another password has to be chosen before anything else
 * @param formToken what the session's forms carry
 */
record Visitor(String accountId, String principal, String accessKeyId, boolean resetRequired, SecretText formToken) {
    /** Whether the visitor logged in by a password. */
    public boolean byPassword() {
        return accessKeyId.isEmpty();
    }

    /** For whoever asks on whose behalf something is done. Nothing is signed here, so there is nothing to sign with. */
    AccessKey asCaller() {
        return new AccessKey(accessKeyId, SecretText.of(""), true, accountId, principal);
    }
}
