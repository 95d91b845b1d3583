package io.gyre.worker.engine;

import io.gyre.secret.SecretText;
import io.gyre.worker.machine.Credential;
import io.gyre.worker.machine.Effect;
import io.gyre.worker.machine.Happening;
import io.smallrye.mutiny.Uni;
import java.util.Map;

/** The port to the system that checks the credentials of one secret type. */
public interface Target {
    /**
     * Performs an effect.
     *
     * @param effect one of the family that this target's machine decides on
     * @param credentials the value of each credential that the effect needs, as GetSecretValue answers it
     * @return what came of it, within the effect's time-out; never fails and never blocks its caller's thread
     */
    Uni<Happening.Outcome> perform(Effect effect, Map<Credential, SecretText> credentials);
}
