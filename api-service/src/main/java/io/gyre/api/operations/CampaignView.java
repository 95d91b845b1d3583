package io.gyre.api.operations;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.gyre.api.waves.CampaignRow;
import io.gyre.api.waves.Selection;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A campaign as lists show it. Times are UTC, on the calendar. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Campaign", description = "A campaign as lists show it. Times are UTC, on the calendar.")
public record CampaignView(
        UUID campaignId,
        String name,

        @Schema(enumeration = {"Running", "Paused", "Stopped", "Ended", "RollingBack", "RolledBack"})
        String state,

        @Schema(description = "Why it stands so.") String reason,

        Selected selection,

        @Schema(description = "How many secrets it is to rotate.")
        int secrets,

        @Schema(description = "How many waves it has.") int waves,

        @Schema(description = "The latest that has begun; 0 before the first.")
        int wave,

        @Schema(description = "How many secrets the first wave has.")
        int canary,

        @Schema(description = "By how much each wave is larger than the one before.")
        int growth,

        @Schema(description = "How many secrets a wave has at most.")
        int waveLimit,

        @Schema(description = "How many seconds of the wall clock it watches after each wave.")
        long soakSeconds,

        @Schema(description = "The share of failures that it goes on with.")
        int failuresPercent,

        @Schema(description = "How long the former AccessKey of a RAM user lives on.")
        long overlapSeconds,

        @Schema(description = "None where it has no probe.") @Nullable
        Probe probe,

        @Schema(description = "The AccessKey of whoever made it.")
        String createdBy,

        Instant createdAt,

        @Schema(description = "When it last stood otherwise.")
        Instant changedAt) {

    /** What was asked for; what is left out asks for nothing. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "CampaignSelection")
    public record Selected(
            @Schema(enumeration = {"ram", "rds", "ecs"}) @Nullable
            String type,

            @Schema(description = "Of the secret; * stands for any characters.", examples = "db/*") @Nullable
            String name,

            @Schema(description = "A tag that it has.", examples = "team") @Nullable
            String tagKey,

            @Schema(description = "The value of that tag; any unless given.") @Nullable
            String tagValue,

            @Schema(description = "The KMS instance that it is in, or kms-1.0.") @Nullable
            String instanceId,

            @Schema(
                    description = "What its credential is checked by: an RDS or ECS instance.",
                    examples = "rm-2zesample")
            @Nullable
            String target) {

        static Selected of(Selection selection) {
            return new Selected(
                    given(selection.type()),
                    given(selection.name()),
                    given(selection.tagKey()),
                    given(selection.tagValue()),
                    given(selection.instanceId()),
                    given(selection.target()));
        }

        private static @Nullable String given(String text) {
            return text.isEmpty() ? null : text;
        }
    }

    /** What tells whether all is well where the credentials are used. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "CampaignProbe")
    public record Probe(
            String url,

            @Schema(description = "What it said last.", examples = "answered 503") @Nullable
            String seen,

            @Schema(description = "How often in a row it was red; the second time stops the campaign.")
            int redsInARow) {}

    static CampaignView of(CampaignRow row) {
        String url = row.probeUrl();
        return new CampaignView(
                row.id(),
                row.name(),
                row.state().label(),
                row.reason(),
                Selected.of(row.selection()),
                row.secrets(),
                row.progress().waves(),
                row.progress().wave(),
                row.plan().canary(),
                row.plan().growth(),
                row.plan().limit(),
                row.progress().soak().toSeconds(),
                row.progress().rule().failuresPercent(),
                row.overlap().toSeconds(),
                url == null
                        ? null
                        : new Probe(url, row.probeSeen(), row.progress().reds()),
                row.createdBy(),
                row.createdAt(),
                row.changedAt());
    }
}
