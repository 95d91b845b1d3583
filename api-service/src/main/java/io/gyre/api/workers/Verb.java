package io.gyre.api.workers;

/** What an operator can order of a rotation that has not ended. */
public enum Verb {
    /** Go on now: with the next try, or, where a person was waited for, from there. */
    RETRY("retry"),
    /** Put secret and target back to how they were before, and end as Failed. */
    ROLL_BACK("roll-back"),
    /** End as Failed at once, without touching the target again. */
    GIVE_UP("give-up"),
    /** Let a RAM user's two AccessKeys live on side by side for longer. */
    EXTEND("extend");

    private final String label;

    Verb(String label) {
        this.label = label;
    }

    /** As paths spell it, and as the column {@code rotation.ordered} keeps it. */
    public String label() {
        return label;
    }
}
