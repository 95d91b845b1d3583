package io.gyre.cli.demo;

import java.util.List;

/** One secret of the demonstration, from the account it stands for to the proof of its rotation. */
interface Story {
    /** What is shown, in a few words. */
    String title();

    /** Makes what the secret stands for, in the cloud, and creates the secret; @return the secret's name. */
    String setUp();

    /** What making it has shown; nothing for most secrets. */
    default void proveSetUp(Proofs proofs) {}

    /** Asks for the rotation. */
    void rotate();

    /** What {@link #rotate} asks for, in a few words. */
    default String order() {
        return "RotateSecret";
    }

    /** What is proven by using the credentials while the rotation is in this phase; nothing in most phases. */
    default void duringPhase(String phase, Proofs proofs) {}

    /** What only the timeline can tell; nothing for most secrets. */
    default void proveTold(List<Timeline.Event> timeline, Proofs proofs) {}

    /** What is proven by using the credentials once the rotation has succeeded. */
    void prove(Proofs proofs);
}
