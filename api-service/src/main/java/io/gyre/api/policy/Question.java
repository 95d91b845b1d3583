package io.gyre.api.policy;

/**
 * May this be done?
 *
 * @param action for example {@code kms:GetSecretValue}
 * @param resource an ARN
 */
public record Question(Principal principal, String action, String resource, Facts facts) {}
