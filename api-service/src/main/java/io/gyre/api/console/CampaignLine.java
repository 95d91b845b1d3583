package io.gyre.api.console;

import io.gyre.api.operations.CampaignDetail.Counts;
import io.gyre.api.operations.CampaignView;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A campaign as its list shows it.
 *
 * @param counts how many of its secrets are where; null where it has none
 * @param now on the calendar
 */
record CampaignLine(CampaignView campaign, @Nullable Counts counts, Instant now) {
    public String name() {
        return campaign.name();
    }

    public String address() {
        return CampaignsPage.address(campaign.campaignId().toString());
    }

    public String state() {
        return words(campaign.state());
    }

    public String shape() {
        return shape(campaign.state());
    }

    public String reason() {
        return campaign.reason();
    }

    public String wave() {
        return campaign.wave() + " of " + campaign.waves();
    }

    /** How many are rotated, of how many. */
    public String done() {
        return (counts == null ? 0 : counts.done()) + " of " + campaign.secrets();
    }

    public int failed() {
        return counts == null ? 0 : counts.failed();
    }

    public RelativeTime made() {
        return new RelativeTime(campaign.createdAt(), now);
    }

    /** A state as people say it. */
    static String words(String state) {
        return switch (state) {
            case "RollingBack" -> "rolling back";
            case "RolledBack" -> "rolled back";
            default -> state.toLowerCase(Locale.ROOT);
        };
    }

    /** A shape with a colour, as the style sheet names them. */
    static String shape(String state) {
        return switch (state) {
            case "Running", "RollingBack" -> "moves";
            case "Paused" -> "open";
            case "Stopped" -> "late";
            case "RolledBack" -> "failed";
            default -> "works";
        };
    }
}
