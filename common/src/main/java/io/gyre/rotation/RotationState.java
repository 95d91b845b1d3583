package io.gyre.rotation;

/** Where a rotation stands, as the table {@code rotation} and the events spell it. */
public enum RotationState {
    RUNNING("Running"),
    /** Only a person can go on; the finding says what is asked of them. The secret stays locked. */
    WAITING("Waiting"),
    SUCCEEDED("Succeeded"),
    /** Ended with the former credential still current, and secret and target in agreement. */
    FAILED("Failed");

    private final String label;

    RotationState(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }

    public boolean hasEnded() {
        return this == SUCCEEDED || this == FAILED;
    }

    /** @throws IllegalArgumentException for a label that no state has */
    public static RotationState ofLabel(String label) {
        for (RotationState state : values()) {
            if (state.label.equals(label)) {
                return state;
            }
        }
        throw new IllegalArgumentException("There is no rotation state \"" + label + "\".");
    }
}
