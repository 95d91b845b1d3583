package io.gyre.rpc;

import io.gyre.secret.SecretText;

/**
 * A key that signs requests.
 *
 * @param id the public half, as requests name it
 * @param secret the half that signs
 * @param active whether requests signed with it are answered
 * @param accountId the account it belongs to
 * @param principal whom it identifies, as {@code root} or {@code user/NAME}
 */
public record AccessKey(String id, SecretText secret, boolean active, String accountId, String principal) {}
