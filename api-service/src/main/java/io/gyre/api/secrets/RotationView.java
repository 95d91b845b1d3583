package io.gyre.api.secrets;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.api.wire.Span;
import io.gyre.api.wire.WireTime;
import io.gyre.secret.SecretType;
import io.gyre.store.Secret;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a secret is rotated, as answers tell it.
 *
 * @param status Enabled, Disabled or Invalid
 */
record RotationView(
        SecretType type,
        String status,
        @Nullable Duration interval,
        @Nullable Instant next,
        @Nullable Instant last) {

    static RotationView of(Secret secret) {
        return new RotationView(
                secret.type(),
                secret.rotationStatus(),
                secret.rotationInterval(),
                secret.nextRotationAt(),
                secret.lastRotationAt());
    }

    /** Nothing for Generic. */
    void describe(ObjectNode answer) {
        if (!type.isManaged()) {
            return;
        }
        answer.put("AutomaticRotation", status);
        boolean hasPolicy = !status.equals(Secret.ROTATION_DISABLED);
        if (hasPolicy && interval != null) {
            answer.put("RotationInterval", Span.text(interval));
        }
        if (hasPolicy && next != null) {
            answer.put("NextRotationDate", WireTime.text(next));
        }
        if (last != null) {
            answer.put("LastRotationDate", WireTime.text(last));
        }
    }
}
