package io.gyre.api.workers;

import org.jspecify.annotations.Nullable;

/**
 * A look at a target that changes nothing: all that a rotation checks before it begins.
 *
 * @param secretId none for a secret that is not created yet; then its values are not at hand, and not tried
 * @param formerVersion the version that is ACSCurrent
 * @param idleVersion the version that is ACSPrevious
 * @param rotationType {@code ram}, {@code rds} or {@code ecs}
 * @param subType as on the wire, for example {@code DoubleUsers}
 * @param target the secret's ExtendedConfig, a flat JSON object
 * @param former what the current credential is called at the target
 * @param idle what the previous one is called there
 */
public record Inspection(
        @Nullable Long secretId,
        @Nullable String formerVersion,
        @Nullable String idleVersion,
        String rotationType,
        String subType,
        String target,
        String former,
        @Nullable String idle) {}
