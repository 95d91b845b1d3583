package io.gyre.worker.machine;

import io.gyre.rotation.RotationNotes;

/** Under which names every machine's table remembers what holds for all of them. */
final class Memory {
    /**
     * Set once the target may be another one than before: from then on a rotation does not simply fail. {@link #ASKED_TO}
     * while the first change has been asked for and its outcome is still to come: if it is refused, nothing has changed.
     */
    static final String TOUCHED = "touched";

    static final String ASKED_TO = "asked";

    static final String CHANGED = "yes";

    /** When the phase began, and when what it waits for was last seen missing, on the operational clock. */
    static final String SINCE = "since";

    static final String NOT_YET_AT = "notYetAt";

    /** When the rest that it is in ends, on the clock of that rest. */
    static final String REST_UNTIL = "restUntil";

    /** When the candidate became ACSCurrent, and when it ceased to be, on the calendar. */
    static final String PROMOTED = RotationNotes.PROMOTED;

    static final String DEMOTED = RotationNotes.DEMOTED;

    /** What a person is asked to do. */
    static final String ASKED = "asked";

    /** Why it is rolled back. */
    static final String WHY = RotationNotes.ROLLED_BACK_BECAUSE;

    /** Set once it was told that the rotation waits for its turn to call: it may wait many times. */
    static final String POSTPONED = "postponed";

    /** Set while the effect of the phase has surely not been sent: whoever wakes it then begins it, and reconciles nothing. */
    static final String NOT_SENT = "notSent";

    static final String GIVEN_UP = "givenUp";

    private Memory() {}

    static boolean isPromoted(Rotation rotation) {
        return rotation.memory().containsKey(PROMOTED);
    }

    static boolean isDemoted(Rotation rotation) {
        return rotation.memory().containsKey(DEMOTED);
    }

    static boolean isTouched(Rotation rotation) {
        return rotation.memory().containsKey(TOUCHED);
    }

    static boolean wasGivenUp(Rotation rotation) {
        return rotation.memory().containsKey(GIVEN_UP);
    }

    static boolean isRollingBack(Rotation rotation) {
        return rotation.memory().containsKey(WHY);
    }
}
