package io.gyre.worker.verdict;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is looked at: a secret's credentials by name. It holds no secret.
 *
 * @param secretName as people and commands name the secret
 * @param subType the secret's sub-type as on the wire, for example {@code DoubleUsers}
 * @param target where the credentials are checked: the secret's ExtendedConfig, flat
 * @param current what the credential that is ACSCurrent is called at the target
 * @param previous what that of ACSPrevious is called there; null if there is none
 * @param leftovers what the credentials are called that rotations left there and nobody is given
 */
public record Subject(
        String secretName,
        String subType,
        Map<String, String> target,
        String current,
        @Nullable String previous,
        Set<String> leftovers) {

    public Subject {
        target = Map.copyOf(target);
        leftovers = Set.copyOf(leftovers);
    }

    /** @throws IllegalStateException if the secret was created without it, which CreateSecret does not allow */
    String target(String name) {
        String value = target.get(name);
        if (value == null) {
            throw new IllegalStateException("The ExtendedConfig of secret " + secretName + " has no " + name + ".");
        }
        return value;
    }

    /** How a person orders the repair. */
    String repair() {
        return "./gyre drift repair " + secretName;
    }
}
