package io.gyre.api.operations;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.gyre.api.instances.InstanceRules;
import io.gyre.store.KmsInstance;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A KMS instance, as operators see it. Times are the calendar's. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Instance")
public record InstanceView(
        @Schema(required = true, examples = "kst-6f1c1f6e-6f4b-4d2b-9c1a-0d7c7c1c2b3a")
        String instanceId,

        String name,

        @Schema(
                description =
                        "Running; Expired, when its keys and secrets cannot be used; Released, when they are lost.",
                enumeration = {"Running", "Expired", "Released"},
                required = true)
        String status,

        @Schema(required = true) Instant createdAt,

        @Schema(description = "None where it does not end.") @Nullable
        Instant expiresAt,

        @Schema(description = "When it is released unless it is renewed before.") @Nullable
        Instant releasePlannedAt,

        @Nullable Instant releasedAt,

        @Schema(description = "When its key was last rotated; none if never.") @Nullable
        Instant keyRotatedAt) {

    static InstanceView of(KmsInstance instance) {
        Instant expires = instance.expiresAt();
        Instant released = instance.releasedAt();
        return new InstanceView(
                instance.instanceId(),
                instance.name(),
                InstanceRules.status(instance),
                instance.createdAt(),
                expires,
                expires == null || released != null ? null : expires.plus(InstanceRules.UNTIL_RELEASE),
                released,
                instance.keyRotatedAt());
    }
}
