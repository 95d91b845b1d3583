package io.gyre.api.operations;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.gyre.api.campaign.Tally;
import io.gyre.api.waves.CampaignRow;
import io.gyre.api.waves.CampaignSecret;
import io.gyre.api.waves.CampaignSteps;
import io.gyre.api.waves.WaveTally;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A campaign with what became of its secrets. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(description = "A campaign with what became of its secrets.")
public record CampaignDetail(
        @JsonUnwrapped CampaignView campaign,

        @Schema(description = "What it waits for; none where it waits for a person or is over.") @Nullable
        String waitsFor,

        @Schema(description = "Of all its secrets.") Counts counts,

        @Schema(description = "The same of each wave, in their order.")
        List<WaveCounts> perWave,

        @Schema(description = "Once it is rolled back: how many rotations are how far.") @Nullable
        WayBack wayBack,

        @Schema(description = "Those that failed or wait for a person, the first 20 of them.")
        List<Secret> failing) {

    /** How many secrets are where. */
    @Schema(name = "CampaignCounts")
    public record Counts(
            @Schema(description = "Not begun yet.") int planned,

            @Schema(description = "Being rotated.") int running,

            @Schema(description = "Rotated; or, of RAM, promoted and in the overlap.")
            int done,

            @Schema(description = "Failed, being rolled back, or waiting for a person.")
            int failed,

            @Schema(description = "Not begun, and not to be.")
            int skipped) {

        static Counts of(Tally tally) {
            return new Counts(tally.planned(), tally.running(), tally.done(), tally.failed(), tally.skipped());
        }
    }

    /** The same of one wave. */
    @Schema(name = "CampaignWave")
    public record WaveCounts(int wave, @JsonUnwrapped Counts counts) {}

    /** How far the rotations are on their way back. */
    @Schema(name = "CampaignWayBack")
    public record WayBack(
            @Schema(description = "On the way.") long rollingBack,

            @Schema(description = "The former credential is current again.")
            long rolledBack,

            @Schema(description = "A worker found that it cannot be rolled back, or a person is waited for.")
            long declined,

            @Schema(
                    description =
                            "Ended before: the former credential is retired, and a new rotation replaces what is there.")
            long succeededBefore,

            @Schema(description = "Failed before: the former credential was current all along.")
            long failedBefore) {

        static @Nullable WayBack of(Map<String, Long> ways) {
            return ways.isEmpty()
                    ? null
                    : new WayBack(
                            ways.getOrDefault("rolling-back", 0L),
                            ways.getOrDefault("rolled-back", 0L),
                            ways.getOrDefault("declined", 0L),
                            ways.getOrDefault("succeeded-before", 0L),
                            ways.getOrDefault("failed-before", 0L));
        }
    }

    /** A secret of a campaign. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "CampaignSecret")
    public record Secret(
            @Schema(description = "From 1, in the order in which they begin.")
            int place,

            int wave,
            String secretName,

            @Schema(description = "None where none was begun.") @Nullable
            UUID rotationId,

            @Schema(enumeration = {"planned", "running", "done", "failed", "skipped"})
            String standing,

            @Schema(description = "Why it was skipped, or the latest entry of its rotation's timeline.") @Nullable
            String note,

            @Schema(
                    description = "Once the campaign is rolled back.",
                    enumeration = {"rolling-back", "rolled-back", "declined", "succeeded-before", "failed-before"})
            @Nullable
            String wayBack) {

        static Secret of(CampaignSecret secret) {
            return new Secret(
                    secret.place(),
                    secret.wave(),
                    secret.secretName(),
                    secret.rotationId(),
                    secret.standing(),
                    secret.note(),
                    secret.wayBack());
        }
    }

    static CampaignDetail of(
            CampaignRow row, List<WaveTally> tallies, Map<String, Long> ways, List<CampaignSecret> failing) {
        return new CampaignDetail(
                CampaignView.of(row),
                CampaignSteps.waitsFor(row, tallies).orElse(null),
                Counts.of(WaveTally.sum(tallies)),
                tallies.stream()
                        .map(WaveTally::wave)
                        .distinct()
                        .map(wave -> new WaveCounts(wave, Counts.of(WaveTally.of(tallies, wave))))
                        .toList(),
                WayBack.of(ways),
                failing.stream().map(Secret::of).toList());
    }
}
