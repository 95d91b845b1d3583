package io.gyre.worker.observation;

import io.gyre.worker.machine.Happening.Done;
import io.gyre.worker.machine.Happening.NotYet;
import io.gyre.worker.machine.Happening.Outcome;
import io.gyre.worker.machine.Happening.Refused;

/** What came of an effect, in the words of metrics and traces. */
final class Outcomes {
    private Outcomes() {}

    static String label(Outcome outcome) {
        if (outcome instanceof Done) {
            return "done";
        }
        if (outcome instanceof NotYet) {
            return "not_yet";
        }
        return outcome instanceof Refused ? "refused" : "unclear";
    }
}
