package io.gyre.api.workers;

import io.gyre.secret.SecretText;
import org.jspecify.annotations.Nullable;

/**
 * Credentials for a secret that does not exist yet, to be tried where they are checked.
 *
 * @param rotationType {@code ram}, {@code rds} or {@code ecs}
 * @param subType as on the wire, for example {@code DoubleUsers}
 * @param place the RDS or ECS instance, or the RAM user
 * @param target the secret's ExtendedConfig, a flat JSON object
 * @param current the one in use
 * @param other the other one of a pair; null where there is none
 */
public record CredentialOffer(
        String rotationType,
        String subType,
        String place,
        String target,
        Offered current,
        @Nullable Offered other) {
    /** @param name what it is called at the target */
    public record Offered(String name, SecretText value) {}
}
