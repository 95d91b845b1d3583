package io.gyre.api.console;

import io.gyre.api.campaign.CampaignOrder;
import io.gyre.api.operations.CampaignDetail;
import io.gyre.api.operations.CampaignDetail.Counts;
import io.gyre.api.operations.CampaignView;
import java.util.Optional;
import java.util.stream.Stream;

/** What can be ordered of a campaign, as buttons say it, and what each touches. */
enum CampaignOrderWords {
    RESUME(CampaignOrder.RESUME, "ResumeCampaign", "Resume"),
    PAUSE(CampaignOrder.PAUSE, "PauseCampaign", "Pause"),
    STOP(CampaignOrder.STOP, "StopCampaign", "Stop"),
    ROLL_BACK(CampaignOrder.ROLL_BACK, "RollBackCampaign", "Roll back");

    private final CampaignOrder order;
    private final String operation;
    private final String button;

    CampaignOrderWords(CampaignOrder order, String operation, String button) {
        this.order = order;
        this.operation = operation;
        this.button = button;
    }

    static Optional<CampaignOrderWords> ofLabel(String label) {
        return Stream.of(values())
                .filter(each -> each.order.label().equals(label))
                .findFirst();
    }

    CampaignOrder order() {
        return order;
    }

    String operation() {
        return operation;
    }

    /** One that has not begun is begun, not resumed. */
    String button(CampaignView campaign) {
        return this == RESUME && campaign.wave() == 0 ? "Begin" : button;
    }

    /** Whether credentials that work are taken back. */
    boolean grave() {
        return this == ROLL_BACK;
    }

    String touches(CampaignDetail detail) {
        Counts counts = detail.counts();
        return switch (this) {
            case RESUME ->
                "Still to be rotated, wave by wave, while no more than "
                        + detail.campaign().failuresPercent() + " % fail: " + secrets(counts.planned()) + "."
                        + (counts.failed() > 0
                                ? " What failed until now is accepted, and does not stop it once more: "
                                        + secrets(counts.failed()) + "."
                                : "");
            case PAUSE ->
                "Nothing is destroyed. What is planned does not begin for now (" + secrets(counts.planned())
                        + "); what is being rotated goes on (" + secrets(counts.running()) + ").";
            case STOP ->
                "Nothing is destroyed. What is planned does not begin any more, unless somebody resumes it ("
                        + secrets(counts.planned()) + "); what is being rotated goes on ("
                        + secrets(counts.running()) + ").";
            case ROLL_BACK ->
                "Nothing begins any more. What is being rotated (" + secrets(counts.running())
                        + "), and the RAM secrets among what is done (" + secrets(counts.done())
                        + ") whose overlap still lasts, get their former credential back: whoever uses the new one is"
                        + " refused at the end. What has succeeded for good stays as it is.";
        };
    }

    private static String secrets(int count) {
        return count == 1 ? "1 secret" : count + " secrets";
    }
}
