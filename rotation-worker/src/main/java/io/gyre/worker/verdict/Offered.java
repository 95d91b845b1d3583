package io.gyre.worker.verdict;

import io.gyre.worker.machine.Credential;
import java.util.List;

/**
 * One of the credentials that are offered.
 *
 * @param name what it is called at the target
 * @param which under what an effect asks for its value
 */
record Offered(String name, Credential which) {
    /** The one in use first. */
    static List<Offered> of(Subject subject) {
        Offered current = new Offered(subject.current(), Credential.FORMER);
        return subject.previous() == null
                ? List.of(current)
                : List.of(current, new Offered(subject.previous(), Credential.IDLE));
    }
}
