package io.gyre.worker.machine;

/** A phase of a rotation; implemented by the enum at the top of each machine. */
public interface Phase {
    /** As the table {@code rotation} and the events spell it. */
    String name();

    /** What goes on in this phase, as the timeline says it. */
    String title();

    /** What is done once the rotation is in it. */
    Doing doing();
}
