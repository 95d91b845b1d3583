package io.gyre.worker.verdict;

import io.gyre.worker.machine.Happening.Outcome;

/**
 * What one look at an offered credential came to, in sentences for a person.
 *
 * @param what was looked at, for example {@code Login as app}
 * @param seen what is seen
 * @param means what that means for the secret that is to be created
 * @param remedy what to do; empty for nothing
 */
public record Check(String what, State state, String seen, String means, String remedy) {
    /** What a refusal says after its advice, worded for rotations, of which there is none yet. */
    private static final String OF_ROTATIONS = ", then retry the rotation.";

    private static final String AGAIN = "Mend that, then verify again.";

    /** How it stands; the labels are those of the column {@code credential_offer.checks}. */
    public enum State {
        /** As it should be. */
        WORKS("works"),
        /** The secret can be created; something beside it will need a person. */
        NOTED("noted"),
        /** The target says no. */
        REFUSED("refused"),
        /** Not found out. */
        OPEN("open");

        private final String label;

        State(String label) {
            this.label = label;
        }

        public String label() {
            return label;
        }
    }

    static Check works(String what, String seen, String means) {
        return new Check(what, State.WORKS, seen, means, "");
    }

    static Check refused(String what, String seen, String means, String remedy) {
        return new Check(what, State.REFUSED, seen, means, remedy);
    }

    /** The target could not be reached, is at work, or answered something else. */
    static Check open(String what, Outcome outcome) {
        return new Check(
                what,
                State.OPEN,
                outcome.what().replace(OF_ROTATIONS, "."),
                "Whether the credential works could not be found out, so no secret is created with it.",
                AGAIN);
    }
}
