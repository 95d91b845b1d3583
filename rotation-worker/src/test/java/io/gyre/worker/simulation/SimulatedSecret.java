package io.gyre.worker.simulation;

import io.gyre.secret.SecretText;
import io.gyre.worker.simulation.SimulatedDatabase.Version;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A secret of the simulation with all that is asked about it.
 *
 * @param type ram, rds or ecs
 * @param target where its credential is checked, as its rotations carry it
 * @param holdsTwo whether the target can hold two credentials, so that the current one must work at every moment
 * @param credentialsThere what is at the target now, by name; empty where that is no question of names
 */
record SimulatedSecret(
        String name,
        String type,
        String subType,
        Map<String, String> target,
        String targetKey,
        Duration overlap,
        boolean holdsTwo,
        SimulatedTarget at,
        Supplier<Set<String>> credentialsThere) {
    boolean lets(Version version) {
        return at.lets(version.value());
    }

    /** What one of its credentials is called at the target. */
    String nameThere(SecretText value) {
        StoredFields fields = StoredFields.of(value);
        return fields.has("AccessKeyId") ? fields.get("AccessKeyId") : fields.get("PublicKey");
    }
}
