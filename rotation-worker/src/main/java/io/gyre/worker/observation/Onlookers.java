package io.gyre.worker.observation;

import io.gyre.worker.engine.Claimed;
import io.gyre.worker.engine.Onlooker;
import io.gyre.worker.machine.Decision;
import io.gyre.worker.machine.Effect;
import io.gyre.worker.machine.Happening;
import io.gyre.worker.machine.Happening.Outcome;
import io.smallrye.mutiny.Uni;

/** Two that look on beside each other. */
public record Onlookers(Onlooker one, Onlooker other) implements Onlooker {
    @Override
    public void taken(Claimed claimed) {
        one.taken(claimed);
        other.taken(claimed);
    }

    @Override
    public void moved(Claimed before, Happening happening, Decision decision) {
        one.moved(before, happening, decision);
        other.moved(before, happening, decision);
    }

    @Override
    public void lost(Claimed claimed) {
        one.lost(claimed);
        other.lost(claimed);
    }

    @Override
    public void putOff(Effect effect) {
        one.putOff(effect);
        other.putOff(effect);
    }

    @Override
    public Uni<Outcome> lookedOn(Claimed claimed, Uni<Outcome> effect) {
        return other.lookedOn(claimed, one.lookedOn(claimed, effect));
    }
}
