package io.gyre.worker.engine;

import io.gyre.secret.SecretText;
import io.gyre.worker.machine.Credential;
import io.gyre.worker.machine.Rotation;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** The port to where it is kept what is late and what somebody wants looked at. All of its times are the store's own. */
public interface WatchStore {
    /**
     * A rotation that has not ended although it was expected to.
     *
     * @param waits whether a person is waited for, who has a finding already
     * @param phaseSince when its last timeline entry was written, on the wall clock
     */
    record Late(Rotation rotation, String type, boolean waits, Instant phaseSince, ClockReading clock) {}

    /**
     * A look that somebody waits for.
     *
     * @param rotation as the API would leave it if it began now
     * @param stored whether its credentials' values are at hand
     */
    record Inspection(UUID id, Rotation rotation, String type, boolean stored, ClockReading clock) {}

    /** Takes up to {@code limit} late rotations, the longest due first, and puts off their next look by five minutes. */
    Uni<List<Late>> claimLate(int limit);

    /** Writes the finding to the rotation, its timeline and the events; nothing if that is what it says already. */
    Uni<Void> tellLate(UUID rotation, String finding);

    /** Takes up to {@code limit} inspections for a quarter of a minute. */
    Uni<List<Inspection>> claimInspections(int limit);

    Uni<Void> answer(UUID inspection, Preflight.Report report);

    /** The value of one of the inspection's credentials. */
    Uni<SecretText> reveal(UUID inspection, Credential which);
}
