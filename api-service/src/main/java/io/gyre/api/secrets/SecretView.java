package io.gyre.api.secrets;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.api.wire.Span;
import io.gyre.api.wire.WireTime;
import io.gyre.store.Secret;
import java.time.Duration;
import java.time.Instant;

/** The parts of a secret that several answers tell in the same words. */
final class SecretView {
    private SecretView() {}

    /** How a managed secret is rotated; nothing for Generic. */
    static void describeRotation(ObjectNode answer, Secret secret) {
        if (!secret.type().isManaged()) {
            return;
        }
        answer.put("AutomaticRotation", secret.rotationStatus());
        Duration interval = secret.rotationInterval();
        Instant next = secret.nextRotationAt();
        Instant last = secret.lastRotationAt();
        if (!secret.rotationStatus().equals(Secret.ROTATION_DISABLED) && interval != null) {
            answer.put("RotationInterval", Span.text(interval));
        }
        if (!secret.rotationStatus().equals(Secret.ROTATION_DISABLED) && next != null) {
            answer.put("NextRotationDate", WireTime.text(next));
        }
        if (last != null) {
            answer.put("LastRotationDate", WireTime.text(last));
        }
    }

    static void describeConfig(ObjectNode answer, Secret secret) {
        String config = secret.extendedConfig();
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
