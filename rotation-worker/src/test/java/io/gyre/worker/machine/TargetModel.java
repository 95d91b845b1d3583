package io.gyre.worker.machine;

import io.gyre.worker.machine.Happening.Outcome;
import java.util.List;

/** A target in a few words: an immutable value, so that a walk can return to it. */
interface TargetModel {
    /** What the target may be, and may answer, after the effect has reached it. */
    List<Reaction> perform(Effect effect, Rotation rotation);

    /** Whether a program that holds this credential is let in. */
    boolean lets(String credential);

    /** What the candidate's credential is called in this model. */
    String candidate(Rotation rotation);

    /** Whether nothing is left of a credential that nobody holds. */
    boolean isTidy(String current);

    /** One possible reaction. */
    record Reaction(TargetModel after, Outcome outcome) {}
}
