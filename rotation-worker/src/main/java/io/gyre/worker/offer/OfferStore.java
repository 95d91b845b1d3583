package io.gyre.worker.offer;

import io.gyre.secret.SecretText;
import io.gyre.worker.machine.Credential;
import io.gyre.worker.verdict.Check;
import io.gyre.worker.verdict.Subject;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The port to where offered credentials are kept until they were tried. */
public interface OfferStore {
    /**
     * Credentials that somebody waits for.
     *
     * @param type as in the column {@code rotation_type}
     * @param values by what effects ask for them; empty where they do not open
     */
    record Offer(UUID id, String type, Subject subject, Map<Credential, SecretText> values) {}

    /** Takes up to {@code limit} offers for a quarter of a minute, the longest waiting first. */
    Uni<List<Offer>> claim(int limit);

    /** Writes what was seen, and forgets the values. Nothing, where nobody waits any more. */
    Uni<Void> write(UUID offer, List<Check> checks);
}
