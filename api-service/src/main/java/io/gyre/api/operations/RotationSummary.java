package io.gyre.api.operations;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A rotation as lists show it. Times are UTC; where nothing else is said, on the calendar. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(description = "A rotation as lists show it. Times are UTC; where nothing else is said, on the calendar.")
public record RotationSummary(
        UUID rotationId,
        String secretName,

        @Schema(description = "As the KMS API spells it.", examples = "RAMCredentials")
        String secretType,

        @Schema(enumeration = {"ram", "rds", "ecs"}) String rotationType,

        @Schema(description = "As the KMS API spells it.", examples = "DoubleUsers")
        String secretSubType,

        @Schema(enumeration = {"automatic", "immediate", "repair"})
        String trigger,

        @Schema(enumeration = {"Running", "Waiting", "Succeeded", "Failed"})
        String state,

        @Schema(description = "What it does now; docs/rotation.md draws the phases of each type.", examples = "OVERLAP")
        String phase,

        @Schema(description = "The latest entry of its timeline.")
        String note,

        @Schema(description = "Only where it is, or was, late.") @Nullable
        Lateness lateness,

        @Schema(description = "Only while no worker has taken it yet.") @Nullable
        PendingOrder pendingOrder,

        @Schema(
                description =
                        "When it goes on by itself; none while a worker is at it, while a person is waited for, and"
                                + " after its end.")
        @Nullable
        Moment nextWake,

        Instant requestedAt,
        @Schema(description = "On the wall clock.") Instant requestedAtWall,
        @Nullable Instant endedAt,

        @Schema(description = "On the wall clock.") @Nullable
        Instant endedAtWall) {

    /** Since when a rotation is late, and what a look at its target found. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "Lateness")
    public record Lateness(
            Instant since,

            @Schema(description = "What is seen, what it means, what to do; none before a worker has looked.") @Nullable
            String finding) {}

    /** An order that no worker has taken. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "PendingOrder")
    public record PendingOrder(
            @Schema(enumeration = {"retry", "roll-back", "give-up", "extend"})
            String verb,

            @Schema(description = "By how much the overlap is to be extended.") @Nullable
            Long seconds,

            @Schema(description = "The AccessKey of whoever ordered it.")
            String by) {}

    /** A moment on one of the two clocks. */
    @Schema(name = "Moment")
    public record Moment(
            Instant at,

            @Schema(
                    enumeration = {"calendar", "operational"},
                    description = "Which clock it is on.")
            String clock) {}
}
