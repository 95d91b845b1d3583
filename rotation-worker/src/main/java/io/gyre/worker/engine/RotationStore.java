package io.gyre.worker.engine;

import io.gyre.secret.SecretText;
import io.gyre.worker.machine.Credential;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.UUID;

/** The port to where rotations are kept. All of its times are the store's own. */
public interface RotationStore {
    /**
     * Takes the leases of those of the given rotations that are due, unleased and of a type that this worker serves.
     *
     * @param rotations at most as many as the caller has room for
     */
    Uni<List<Claimed>> claim(List<UUID> rotations);

    /** Takes the leases of up to {@code limit} due rotations of the types that this worker serves, the oldest first. */
    Uni<List<Claimed>> claimDue(int limit);

    /**
     * Commits the transition with its timeline entry, its event, its candidate and the stages it moves; many transitions
     * may share a transaction.
     *
     * @return false if the lease is lost: then nothing was written
     */
    Uni<Boolean> commit(Transition transition);

    /** The value of one of the rotation's credentials. */
    Uni<SecretText> reveal(Claimed claimed, Credential which);
}
