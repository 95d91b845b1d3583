package io.gyre.api.operations;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A credential that Gyre made at a target and that no program is given. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(description = "A credential that Gyre made at a target and that no program is given.")
public record Orphan(
        long orphanId,
        UUID rotationId,
        String secretName,
        String secretType,

        @Schema(description = "What it is called at the target.")
        String credentialName,

        @Schema(description = "On the calendar.") Instant foundAt,

        @Schema(description = "On the calendar; none while it is still there.") @Nullable
        Instant removedAt,

        @Schema(
                description = "Of its rotation.",
                enumeration = {"Running", "Waiting", "Succeeded", "Failed"})
        String rotationState) {}
