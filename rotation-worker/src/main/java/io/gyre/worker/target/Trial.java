package io.gyre.worker.target;

import io.gyre.worker.machine.Happening.Done;
import io.gyre.worker.machine.Happening.NotYet;
import io.gyre.worker.machine.Happening.Outcome;

/**
 * What came of trying a credential out. Only an answer about the credential itself proves anything, in either direction:
 * whoever was not reached has neither let it in nor refused it.
 */
sealed interface Trial {
    /** @param what a sentence that says so */
    record LetIn(String what) implements Trial {}

    /** @param what a sentence that says so */
    record TurnedAway(String what) implements Trial {}

    /** @param outcome why it says nothing */
    record Undecided(Outcome outcome) implements Trial {}

    /** For a credential that must work. */
    default Outcome asProof() {
        if (this instanceof LetIn) {
            return Done.plain();
        }
        return this instanceof TurnedAway away ? new NotYet(away.what()) : ((Undecided) this).outcome();
    }

    /** For a credential that must be refused. */
    default Outcome asProofOfRefusal() {
        if (this instanceof TurnedAway) {
            return Done.plain();
        }
        return this instanceof LetIn in ? new NotYet(in.what()) : ((Undecided) this).outcome();
    }
}
