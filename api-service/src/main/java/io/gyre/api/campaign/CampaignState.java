package io.gyre.api.campaign;

import java.util.EnumSet;
import java.util.Set;

/** Where a campaign stands, as the table {@code campaign} and the events spell it. */
public enum CampaignState {
    /** Its waves begin, one after the other. */
    RUNNING("Running"),
    /** Nothing begins until a person resumes it; what has begun goes on. Each begins so, unless it is started. */
    PAUSED("Paused"),
    /** By its stop rule or by a person: nothing begins unless a person resumes it. */
    STOPPED("Stopped"),
    /** Every wave is done. */
    ENDED("Ended"),
    /** What has begun is being put back. */
    ROLLING_BACK("RollingBack"),
    /** What could be put back is put back. */
    ROLLED_BACK("RolledBack");

    private final String label;

    CampaignState(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }

    /** Whether an order makes sense of a campaign that stands so. */
    public boolean takes(CampaignOrder order) {
        return switch (order) {
            case PAUSE -> this == RUNNING;
            case RESUME -> this == PAUSED || this == STOPPED;
            case STOP -> this == RUNNING || this == PAUSED;
            case ROLL_BACK -> BEFORE_THE_WAY_BACK.contains(this);
        };
    }

    private static final Set<CampaignState> BEFORE_THE_WAY_BACK = EnumSet.of(RUNNING, PAUSED, STOPPED, ENDED);

    /** @throws IllegalArgumentException for a label that no state has */
    public static CampaignState ofLabel(String label) {
        for (CampaignState state : values()) {
            if (state.label.equals(label)) {
                return state;
            }
        }
        throw new IllegalArgumentException("There is no state of a campaign \"" + label + "\".");
    }
}
