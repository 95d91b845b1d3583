package io.gyre.worker.verdict;

import io.gyre.worker.machine.Effect;
import io.gyre.worker.machine.Happening.Outcome;
import java.util.List;

/**
 * How the credentials that somebody offers for a secret of one type are tried before it is created: a pure function. The looks are
 * those of {@link Looks}; what they mean is something else, since nobody uses the secret yet.
 */
public interface OfferLooks {
    /** What comes after the looks so far. */
    sealed interface Next {
        /** @param effect one that changes nothing at the target */
        record Look(Effect effect) implements Next {}

        /** Nothing more is looked at. */
        record Ended(List<Check> checks) implements Next {
            public Ended {
                checks = List.copyOf(checks);
            }
        }
    }

    /**
     * What comes next.
     *
     * @param subject what is offered: {@code current} is in use, {@code previous} the other one of a pair
     * @param seen the outcomes of the looks that this function has asked for so far, in their order
     */
    Next next(Subject subject, List<Outcome> seen);
}
