package io.gyre.worker.verdict;

import org.jspecify.annotations.Nullable;

/** What the looks at a secret's credentials prove. */
public sealed interface Verdict extends Step {
    /**
     * What is ACSCurrent is let in.
     *
     * @param observation something beside it that nobody has to mend; null for nothing
     */
    record Works(@Nullable String observation) implements Verdict {}

    /** The target refuses what is ACSCurrent. */
    record Refused(Finding finding, @Nullable String observation) implements Verdict {}

    /** The target lets in what is ACSCurrent and refuses what is ACSPrevious, although it should work on. */
    record PreviousRefused(Finding finding) implements Verdict {}

    /**
     * Neither: the target could not be reached, is at work, or answered something else.
     *
     * @param why a sentence about what was seen
     */
    record Open(String why) implements Verdict {
        /** A refusal's advice is worded for rotations, which nobody is to retry here. */
        private static final String OF_ROTATIONS = ", then retry the rotation.";

        public Open {
            why = why.replace(OF_ROTATIONS, ".");
        }
    }
}
