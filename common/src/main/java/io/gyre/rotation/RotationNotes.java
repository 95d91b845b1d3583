package io.gyre.rotation;

/** What every machine notes in {@code rotation.memory} under one name, for whoever asks how a rotation stands. */
public final class RotationNotes {
    /** When the candidate became ACSCurrent, on the calendar; gone once it is not any more. */
    public static final String PROMOTED = "promoted";

    /** When the candidate ceased to be ACSCurrent, on the calendar. */
    public static final String DEMOTED = "demoted";

    /** Why it is rolled back: it is on its way to Failed. */
    public static final String ROLLED_BACK_BECAUSE = "rolledBackBecause";

    private RotationNotes() {}
}
