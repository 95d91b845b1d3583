package io.gyre.rpc;

import io.gyre.secret.SecretText;
import org.jspecify.annotations.Nullable;

/**
 * A key that signs requests.
 *
 * @param id the public half, as requests name it
 * @param secret the half that signs
 * @param active whether requests signed with it are answered
 * @param accountId the account it belongs to
 * @param principal whom it identifies, as {@code root}, {@code user/NAME} or {@code assumed-role/ROLE/SESSION}
 * @param sessionPolicy what a session may do at most, beside what its role may; null where nothing narrows it
 */
public record AccessKey(
        String id,
        SecretText secret,
        boolean active,
        String accountId,
        String principal,
        @Nullable String sessionPolicy) {

    /** One that no session policy narrows. */
    public AccessKey(String id, SecretText secret, boolean active, String accountId, String principal) {
        this(id, secret, active, accountId, principal, null);
    }
}
