package io.gyre.api.operations;

import io.gyre.api.campaign.WavePlan;
import io.gyre.api.outgoing.OutgoingAddress;
import io.gyre.api.waves.NewCampaign;
import io.gyre.api.waves.Selection;
import io.gyre.api.wire.PlainText;
import java.time.Duration;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What a campaign is to be, as it is asked for. */
@Schema(description = "What a campaign is to be.")
public record CampaignRequest(
        @Schema(description = "For people; 1 to 128 characters.", required = true) @Nullable
        String name,

        @Schema(description = "Which secrets: those of the account that fit all of it.", required = true)
        CampaignView.@Nullable Selected selection,

        @Schema(description = "How many secrets the first wave has, 1 to 1000; 1 unless given.") @Nullable
        Long canary,

        @Schema(description = "By how much each wave is larger than the one before, 1 to 100; 3 unless given.")
        @Nullable
        Long growth,

        @Schema(description = "How many secrets a wave has at most, up to 5000; 500 unless given.") @Nullable
        Long waveLimit,

        @Schema(
                description =
                        "How many seconds of the wall clock it watches after each wave, up to 604800 (7 days); 600 unless"
                                + " given.")
        @Nullable
        Long soakSeconds,

        @Schema(description = "The share of failures that it goes on with, 0 to 99 percent; 0 unless given.") @Nullable
        Long failuresPercent,

        @Schema(
                description =
                        "How long the former AccessKey of a RAM user lives on, 600 (10 minutes) to 172800 (48 hours, which"
                                + " it is unless given) seconds of the calendar.")
        @Nullable
        Long overlapSeconds,

        @Schema(
                description = "An https URL that answers 2xx while all is well; needs gyre:ProbeOfCampaign too.",
                examples = "https://health.example.com/payments")
        @Nullable
        String probeUrl,

        @Schema(description = "Whether it begins at once; unless so, ResumeCampaign begins it.") @Nullable
        Boolean start) {

    private static final int NAME_LIMIT = 128;
    private static final int TEXT_LIMIT = 256;
    private static final long LARGEST_CANARY = 1000;
    private static final long LARGEST_GROWTH = 100;
    private static final long LARGEST_WAVE = 5000;
    private static final long LONGEST_SOAK = 7 * 24 * 60 * 60;
    private static final long SHORTEST_OVERLAP = 10 * 60;
    private static final long LONGEST_OVERLAP = 48 * 60 * 60;
    private static final long MOST_FAILURES = 99;
    private static final long DEFAULT_GROWTH = 3;
    private static final long DEFAULT_WAVE = 500;
    private static final long DEFAULT_SOAK = 10 * 60;

    /** What can be part of a secret's name, and the star. */
    private static final Pattern NAME_PATTERN = Pattern.compile("[\\p{IsHan}A-Za-z0-9_/+=.@*-]{1,192}");

    /** @throws io.gyre.rpc.RpcFault MissingParameter or InvalidParameter */
    public NewCampaign checked() {
        if (name == null) {
            throw OperationFaults.missing("name", "say what people are to call the campaign.");
        }
        if (!PlainText.isName(name, NAME_LIMIT)) {
            throw OperationFaults.invalid("name", name, "it must have 1 to 128 characters, on one line.");
        }
        long first = inRange("canary", canary, 1, 1, LARGEST_CANARY);
        long largest = inRange("waveLimit", waveLimit, Math.max(DEFAULT_WAVE, first), first, LARGEST_WAVE);
        return new NewCampaign(
                name,
                checkedSelection(),
                new WavePlan(
                        (int) first, (int) inRange("growth", growth, DEFAULT_GROWTH, 1, LARGEST_GROWTH), (int) largest),
                Duration.ofSeconds(inRange("soakSeconds", soakSeconds, DEFAULT_SOAK, 0, LONGEST_SOAK)),
                (int) inRange("failuresPercent", failuresPercent, 0, 0, MOST_FAILURES),
                Duration.ofSeconds(
                        inRange("overlapSeconds", overlapSeconds, LONGEST_OVERLAP, SHORTEST_OVERLAP, LONGEST_OVERLAP)),
                checkedProbe(),
                Boolean.TRUE.equals(start));
    }

    private Selection checkedSelection() {
        String rule = "give at least one of type, name, tagKey, instanceId and target; a name of * is every secret.";
        if (selection == null) {
            throw OperationFaults.missing("selection", rule);
        }
        Selection checked = new Selection(
                type(selection.type()),
                namePattern(selection.name()),
                text("selection.tagKey", selection.tagKey()),
                text("selection.tagValue", selection.tagValue()),
                text("selection.instanceId", selection.instanceId()),
                text("selection.target", selection.target()));
        if (checked.asksForNothing()) {
            throw OperationFaults.missing("selection", rule);
        }
        if (checked.tagKey().isEmpty() && !checked.tagValue().isEmpty()) {
            throw OperationFaults.missing("selection.tagKey", "say of which tag that is the value.");
        }
        return checked;
    }

    private @Nullable OutgoingAddress checkedProbe() {
        return probeUrl == null
                ? null
                : OutgoingAddress.of(probeUrl)
                        .orElseThrow(() -> OperationFaults.invalid("probeUrl", probeUrl, OutgoingAddress.RULE));
    }

    private static String type(@Nullable String type) {
        return type == null ? "" : Listing.rotationType("selection.type", type);
    }

    private static String namePattern(@Nullable String name) {
        if (name != null && !NAME_PATTERN.matcher(name).matches()) {
            throw OperationFaults.invalid(
                    "selection.name",
                    name,
                    "it must be a secret's name, in which * may stand for any characters: letters, digits and _ / + = . @"
                            + " -.");
        }
        return name == null ? "" : name;
    }

    private static String text(String field, @Nullable String text) {
        if (text != null && !PlainText.isName(text, TEXT_LIMIT)) {
            throw OperationFaults.invalid(field, text, "it must have 1 to 256 characters, on one line.");
        }
        return text == null ? "" : text;
    }

    private static long inRange(String field, @Nullable Long given, long otherwise, long least, long most) {
        long value = given == null ? otherwise : given;
        if (value < least || value > most) {
            throw OperationFaults.invalid(
                    field, Long.toString(value), "it must be a whole number from " + least + " to " + most + ".");
        }
        return value;
    }
}
