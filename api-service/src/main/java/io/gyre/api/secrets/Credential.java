package io.gyre.api.secrets;

import io.gyre.secret.SecretText;
import org.jspecify.annotations.Nullable;

/**
 * The value of one version.
 *
 * @param name what it is called at its target: the AccessKeyId, the account's or the user's name; none for Generic
 * @param value in the form in which GetSecretValue answers it
 */
record Credential(@Nullable String name, SecretText value) {}
