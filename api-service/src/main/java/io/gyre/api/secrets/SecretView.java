package io.gyre.api.secrets;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.store.Secret;
import org.jspecify.annotations.Nullable;

/** The parts of a secret that several answers tell in the same words. */
final class SecretView {
    private SecretView() {}

    /** How a managed secret is rotated; nothing for Generic. */
    static void describeRotation(ObjectNode answer, Secret secret) {
        RotationView.of(secret).describe(answer);
    }

    /** @param config none of a Generic secret */
    static void describeConfig(ObjectNode answer, @Nullable String config) {
        if (config != null) {
            answer.put("ExtendedConfig", config);
        }
    }

    static void describeInstance(ObjectNode answer, Secret secret) {
        String instance = secret.instanceId();
        if (instance != null) {
            answer.put("DKMSInstanceId", instance);
        }
    }
}
