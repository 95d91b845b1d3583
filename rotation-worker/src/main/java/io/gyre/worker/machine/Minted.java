package io.gyre.worker.machine;

import io.gyre.secret.SecretText;

/**
 * A new credential.
 *
 * @param name what it is called at the target; not secret
 * @param value the secret's value, as GetSecretValue answers it
 */
public record Minted(String name, SecretText value) {}
