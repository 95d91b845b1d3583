package io.gyre.worker.verdict;

import io.gyre.worker.machine.Happening.Outcome;
import java.util.List;

/** How credentials of one type are looked at: a pure function. */
public interface Looks {
    /**
     * What comes next.
     *
     * @param seen the outcomes of the looks that this function has asked for so far, in their order
     */
    Step next(Subject subject, List<Outcome> seen);
}
