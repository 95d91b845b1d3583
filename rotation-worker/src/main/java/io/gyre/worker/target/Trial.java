package io.gyre.worker.target;

import io.gyre.worker.machine.Happening.Done;
import io.gyre.worker.machine.Happening.NotYet;
import io.gyre.worker.machine.Happening.Outcome;
import io.gyre.worker.machine.Happening.Refused;
import io.gyre.worker.machine.Remedy;
import io.smallrye.mutiny.Uni;
import java.util.Map;

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

    /**
     * For a credential that is tried only to see whether its target can be reached.
     *
     * @param fact under which name it is reported whether it {@code works} or is {@code refused}
     */
    default Outcome asReach(String fact) {
        if (this instanceof Undecided undecided) {
            return undecided.outcome();
        }
        return Done.with(Map.of(fact, this instanceof LetIn ? "works" : "refused"));
    }

    /**
     * Where one of two credentials works and it is not known which: done for the candidate, a retry for the former one.
     * The candidate is tried first.
     */
    static Uni<Outcome> ofBoth(Uni<Trial> candidate, Uni<Trial> former) {
        return candidate.chain(first -> first instanceof TurnedAway
                ? former.map(second -> second instanceof LetIn in
                        ? new Refused(Remedy.RETRY, "NotChanged", "The change did not take place: " + in.what())
                        : second.asProof())
                : Uni.createFrom().item(first.asProof()));
    }

    /** For a credential that must be refused. */
    default Outcome asProofOfRefusal() {
        if (this instanceof TurnedAway) {
            return Done.plain();
        }
        return this instanceof LetIn in ? new NotYet(in.what()) : ((Undecided) this).outcome();
    }
}
