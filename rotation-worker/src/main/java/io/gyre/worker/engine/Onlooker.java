package io.gyre.worker.engine;

import io.gyre.worker.machine.Decision;
import io.gyre.worker.machine.Effect;
import io.gyre.worker.machine.Happening;
import io.gyre.worker.machine.Happening.Outcome;
import io.smallrye.mutiny.Uni;

/** The port to whoever measures what the engine does, and follows it. It fails nothing, waits for nothing and decides nothing. */
public interface Onlooker {
    /** Nobody looks on. */
    Onlooker NOBODY = new Onlooker() {};

    /** This worker has taken the rotation's lease. */
    default void taken(Claimed claimed) {}

    /** A decision was committed. */
    default void moved(Claimed before, Happening happening, Decision decision) {}

    /** A decision was not committed, since the lease had run out. */
    default void lost(Claimed claimed) {}

    /** The effect is not begun now: what it calls may not be called so often. */
    default void putOff(Effect effect) {}

    /** The same outcome, of an effect that begins when it is subscribed to. */
    default Uni<Outcome> lookedOn(Claimed claimed, Uni<Outcome> effect) {
        return effect;
    }
}
