package io.gyre.api.schedule;

import java.util.Arrays;

/** What keeps a rotation that is due from beginning. It is looked at again until it begins. */
public enum Hold {
    KEY("key", "its key is not enabled, or its KMS instance has expired"),
    ROTATION("rotation", "its last rotation has not ended"),
    TURN("turn", "a secret that must not be rotated at the same time is being rotated"),
    WINDOW("window", "its rotation window does not open any more"),
    FAILURE(
            "failure",
            "its last rotation failed, or could not be begun: the rotation, or api-service's log, has the reason");

    private final String label;
    private final String sentence;

    Hold(String label, String sentence) {
        this.label = label;
        this.sentence = sentence;
    }

    /** As the column {@code rotation_plan.held_by} keeps it. */
    public String label() {
        return label;
    }

    /** The part of a sentence that follows "It waits, since". */
    public String sentence() {
        return sentence;
    }

    public static Hold ofLabel(String label) {
        return Arrays.stream(values())
                .filter(hold -> hold.label.equals(label))
                .findFirst()
                .orElseThrow();
    }
}
