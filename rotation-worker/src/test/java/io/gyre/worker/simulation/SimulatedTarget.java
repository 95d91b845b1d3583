package io.gyre.worker.simulation;

import io.gyre.secret.SecretText;
import io.gyre.worker.machine.Credential;
import io.gyre.worker.machine.Effect;
import io.gyre.worker.machine.Happening.Done;
import io.gyre.worker.machine.Happening.NotYet;
import io.gyre.worker.machine.Happening.Outcome;
import io.gyre.worker.machine.Happening.Refused;
import io.gyre.worker.machine.Remedy;
import java.util.Map;

/** One product of a cloud as a worker's target client reports it: what each effect does there, done at once. */
interface SimulatedTarget {
    Outcome perform(Effect effect, Map<Credential, SecretText> credentials);

    /** Whether a program that holds this credential is let in now. */
    boolean lets(SecretText credential);

    /** For a credential that must work. */
    static Outcome proof(boolean letIn) {
        return letIn ? Done.plain() : new NotYet("The login is refused.");
    }

    /** For a credential that must be refused. */
    static Outcome proofOfRefusal(boolean letIn) {
        return letIn ? new NotYet("The login is let in.") : Done.plain();
    }

    /** For a credential that is tried only to see whether anybody answers. */
    static Outcome reached(String fact, boolean letIn) {
        return Done.with(Map.of(fact, letIn ? "works" : "refused"));
    }

    /** Where one of two credentials works and it is not known which. */
    static Outcome oneOfBoth(boolean candidate, boolean former) {
        if (!candidate && former) {
            return new Refused(Remedy.RETRY, "NotChanged", "The change did not take place.");
        }
        return proof(candidate);
    }

    static Outcome askPerson(String code) {
        return new Refused(Remedy.ASK_PERSON, code, "Somebody has to mend it: " + code + ".");
    }
}
