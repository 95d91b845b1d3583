package io.gyre.api.operations;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** One page of a view of the secrets. Times are the calendar's. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "SecretPage")
public record SecretPage(
        String view,

        List<Row> secrets,

        Elsewhere elsewhere,

        @Schema(description = "Asks for the next page; none on the last one.") @Nullable
        String nextToken) {

    /** A secret without its value. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "SecretSummary")
    public record Row(
            String name,

            @Schema(enumeration = {"Generic", "Rds", "RAMCredentials", "ECS"})
            String secretType,

            @Schema(
                    description = "Unavailable where its KMS instance has expired or was released.",
                    enumeration = {"Available", "Unavailable"})
            String status,

            @Schema(description = "None for a secret of KMS 1.0.") @Nullable
            String instanceId,

            @Schema(description = "For people; none for a secret of KMS 1.0.") @Nullable
            String instanceName,

            @Schema(
                    description = "None for a secret of KMS 1.0.",
                    enumeration = {"Running", "Expired", "Released"})
            @Nullable
            String instanceStatus,

            @Schema(enumeration = {"Enabled", "Disabled", "Invalid"})
            String rotationStatus,

            @Schema(description = "On the calendar; none where it is not rotated by a policy.") @Nullable
            Instant nextRotationAt,

            @Schema(description = "The rotation that has not ended; none where it is not rotated now.") @Nullable
            Rotating rotating,

            @Schema(description = "When it is deleted for good unless it is restored before.") @Nullable
            Instant deletionPlannedAt,

            @Schema(
                    description = "Only where a look for drift found something: ListDrift tells what.",
                    enumeration = {"Drifted", "PreviousDrifted", "Unchecked"})
            @Nullable
            String drift) {}

    /** What rotates a secret now. */
    @Schema(name = "SecretRotating")
    public record Rotating(
            UUID rotationId,

            @Schema(
                    description = "Waiting is for a person.",
                    enumeration = {"Running", "Waiting"})
            String state,

            boolean late,

            Instant requestedAt) {}

    /** What is not shown here. */
    @Schema(name = "Elsewhere")
    public record Elsewhere(
            @Schema(
                    description = "The other view.",
                    enumeration = {"instances", "kms-1.0"})
            String view,

            long count,

            @Schema(description = "The same in a sentence.") String note) {}
}
