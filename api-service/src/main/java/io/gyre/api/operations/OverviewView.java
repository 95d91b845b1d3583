package io.gyre.api.operations;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What is going on, in five numbers, and what moves now. */
@Schema(name = "Overview")
public record OverviewView(
        @Schema(description = "Rotations that run.") long rotating,

        @Schema(description = "Rotations that wait for a person.")
        long waiting,

        @Schema(description = "Of both, those that are past their expected time.")
        long late,

        @Schema(description = "Rotations that failed within the last 24 hours of the calendar.")
        long failedWithinDay,

        @Schema(
                description =
                        "Secrets whose policy begins a rotation within the next 24 hours of the calendar, or should have.")
        long dueWithinDay,

        @Schema(description = "KMS instances that expire within 30 days, or have expired and are not released yet.")
        long instancesNearExpiry,

        @Schema(description = "Rotations that have not ended: late ones first, then the latest request; at most 12.")
        List<RotationSummary> moving) {}
