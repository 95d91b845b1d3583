package io.gyre.api.console;

import io.gyre.api.campaign.CampaignState;
import io.gyre.api.operations.CampaignDetail;
import io.gyre.api.operations.CampaignDetail.Counts;
import io.gyre.api.operations.CampaignDetail.WayBack;
import io.gyre.api.operations.CampaignView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One campaign as its page shows it.
 *
 * @param now on the calendar
 */
record CampaignSeen(CampaignDetail detail, Instant now) {
    /** One line of what is known. */
    record Fact(String name, String text) {}

    /** A button. */
    record Order(String words, String address) {}

    /**
     * How many secrets of a wave are where.
     *
     * @param number from 1
     * @param begun whether it has begun
     */
    record Wave(String id, int number, Counts counts, boolean begun) {
        public String address() {
            return CampaignSecretsPage.address(id, Integer.toString(number), "");
        }

        public String shape() {
            if (counts.failed() > 0) {
                return "failed";
            }
            if (!begun) {
                return "open";
            }
            return counts.running() + counts.planned() > 0 ? "moves" : "works";
        }

        public String standing() {
            if (!begun) {
                return "to come";
            }
            return counts.running() + counts.planned() > 0 ? "under way" : "over";
        }
    }

    private CampaignView campaign() {
        return detail.campaign();
    }

    private String id() {
        return campaign().campaignId().toString();
    }

    public String name() {
        return campaign().name();
    }

    public String state() {
        return CampaignLine.words(campaign().state());
    }

    public String shape() {
        return CampaignLine.shape(campaign().state());
    }

    public String reason() {
        return campaign().reason();
    }

    /** Whether somebody has to look. */
    public boolean isStopped() {
        return campaign().state().equals(CampaignState.STOPPED.label());
    }

    public String waitsFor() {
        return Optional.ofNullable(detail.waitsFor()).orElse("");
    }

    public String progress() {
        return "wave " + campaign().wave() + " of " + campaign().waves() + " · "
                + detail.counts().done() + " of " + campaign().secrets() + " secrets done";
    }

    public RelativeTime changed() {
        return new RelativeTime(campaign().changedAt(), now);
    }

    public RelativeTime asOf() {
        return new RelativeTime(now, now);
    }

    public List<Wave> waves() {
        return detail.perWave().stream()
                .map(each -> new Wave(
                        id(),
                        each.wave(),
                        each.counts(),
                        each.wave() <= campaign().wave()))
                .toList();
    }

    public Counts all() {
        return detail.counts();
    }

    public List<CampaignSecretLine> failing() {
        return detail.failing().stream().map(CampaignSecretLine::new).toList();
    }

    public Optional<WayBack> wayBack() {
        return Optional.ofNullable(detail.wayBack());
    }

    /** Those that make sense of a campaign that stands so. */
    public List<Order> orders() {
        CampaignState state = CampaignState.ofLabel(campaign().state());
        List<Order> orders = new ArrayList<>(Stream.of(CampaignOrderWords.values())
                .filter(each -> state.takes(each.order()))
                .map(each -> new Order(each.button(campaign()), CampaignOrderPage.address(id(), each.order())))
                .toList());
        if (all().planned() > 0) {
            orders.add(new Order("Dry run", CampaignDryRunPage.address(id())));
        }
        return orders;
    }

    public String secrets() {
        return CampaignSecretsPage.address(id(), "", "");
    }

    public List<Fact> facts() {
        CampaignView.Probe probe = campaign().probe();
        CampaignView.Selected selected = campaign().selection();
        return Stream.of(
                        new Fact("Campaign", id()),
                        new Fact("Names", given(selected.name())),
                        new Fact("Type", given(selected.type())),
                        new Fact(
                                "Tag",
                                given(selected.tagKey())
                                        + (selected.tagValue() == null ? "" : "=" + selected.tagValue())),
                        new Fact("Instance", given(selected.instanceId())),
                        new Fact("Target", given(selected.target())),
                        new Fact(
                                "Waves",
                                campaign().canary() + " first, then "
                                        + campaign().growth() + " times as many, at most "
                                        + campaign().waveLimit()),
                        new Fact("Watches", span(campaign().soakSeconds()) + " after each wave"),
                        new Fact("Goes on with", campaign().failuresPercent() + " % failures at most"),
                        new Fact("Overlap", span(campaign().overlapSeconds()) + " of a RAM user's former AccessKey"),
                        new Fact("Probe", probe == null ? "" : probe.url() + " " + given(probe.seen())),
                        new Fact("Made by", campaign().createdBy()),
                        new Fact("Made", new RelativeTime(campaign().createdAt(), now).utc()))
                .filter(fact -> !fact.text().isEmpty())
                .toList();
    }

    private static String given(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static String span(long seconds) {
        return new RelativeTime(Instant.EPOCH, Instant.EPOCH.plus(Duration.ofSeconds(seconds))).span();
    }
}
