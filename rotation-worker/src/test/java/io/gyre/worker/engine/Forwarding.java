package io.gyre.worker.engine;

import io.gyre.secret.SecretText;
import io.gyre.worker.machine.Credential;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** A store that does as another one does, but for what a test says. */
class Forwarding implements RotationStore {
    private final RotationStore store;

    Forwarding(RotationStore store) {
        this.store = store;
    }

    @Override
    public Uni<List<Claimed>> claim(List<UUID> rotations, Set<String> busyTargets) {
        return store.claim(rotations, busyTargets);
    }

    @Override
    public Uni<List<Claimed>> claimDue(int limit, Set<String> busyTargets) {
        return store.claimDue(limit, busyTargets);
    }

    @Override
    public Uni<Boolean> commit(Transition transition) {
        return store.commit(transition);
    }

    @Override
    public Uni<Void> giveBack(Claimed claimed) {
        return store.giveBack(claimed);
    }

    @Override
    public Uni<SecretText> reveal(Claimed claimed, Credential which) {
        return store.reveal(claimed, which);
    }
}
