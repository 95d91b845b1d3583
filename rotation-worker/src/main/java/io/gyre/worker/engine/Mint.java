package io.gyre.worker.engine;

import io.gyre.worker.machine.Minted;
import io.gyre.worker.machine.Recipe;

/** Makes credentials where Gyre chooses their value. */
@FunctionalInterface
public interface Mint {
    /** A new credential of this kind, from the randomness that the mint was given. */
    Minted make(Recipe recipe);
}
