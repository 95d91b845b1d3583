package io.gyre.worker.engine;

import io.gyre.secret.SecretText;
import io.gyre.worker.machine.Credential;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** The port to where rotations are kept. All of its times are the store's own. */
public interface RotationStore {
    /**
     * Takes the leases of those of the given rotations that are due, unleased and of a type that this worker serves.
     *
     * @param rotations at most as many as the caller has room for
     * @param busyTargets keys of targets whose rotations are left alone
     */
    Uni<List<Claimed>> claim(List<UUID> rotations, Set<String> busyTargets);

    /**
     * Takes the leases of up to {@code limit} due rotations of the types that this worker serves, the oldest first
     * and not many of one target.
     *
     * @param busyTargets keys of targets whose rotations are left alone
     */
    Uni<List<Claimed>> claimDue(int limit, Set<String> busyTargets);

    /**
     * Commits the transition with its timeline entry, its event, its candidate and the stages it moves; many transitions
     * may share a transaction. An order that came with the claim is thereby answered; one that came since makes the
     * rotation due at once when it is let go.
     *
     * <p>A transition whose answer was lost may be given again: if it was committed, it is not committed twice.
     *
     * @return false if the lease is lost: then nothing was written
     */
    Uni<Boolean> commit(Transition transition);

    /**
     * Lets go of a rotation of which nothing is under way, so that whoever looks next may claim it. Does nothing where the
     * lease is lost.
     */
    Uni<Void> giveBack(Claimed claimed);

    /** The value of one of the rotation's credentials. */
    Uni<SecretText> reveal(Claimed claimed, Credential which);
}
