package io.gyre.api.campaign;

/** What a person can order of a campaign. */
public enum CampaignOrder {
    /** Begin nothing for now. */
    PAUSE("pause"),
    /** Go on, with what has failed until now accepted. */
    RESUME("resume"),
    /** Begin nothing any more. */
    STOP("stop"),
    /** Put back what has begun. */
    ROLL_BACK("roll-back");

    private final String label;

    CampaignOrder(String label) {
        this.label = label;
    }

    /** As paths spell it. */
    public String label() {
        return label;
    }
}
